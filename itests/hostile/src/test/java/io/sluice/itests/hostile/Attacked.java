package io.sluice.itests.hostile;

import java.nio.file.Files;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One target for all classes that use it; after each test nobody else has noticed anything. */
final class Attacked implements BeforeAllCallback, AfterEachCallback {
    private static final Namespace HERE = Namespace.create(Attacked.class);
    private Target target;

    @Override
    public void beforeAll(ExtensionContext context) {
        target = context.getRoot().getStore(HERE).computeIfAbsent(Target.class, key -> open(), Target.class);
    }

    private static Target open() {
        try {
            return new Target("hostile-" + System.getProperty("surefire.forkNumber", "1"), Files.createTempDirectory("hostile"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isEmpty()) {
            target.requireOthersUntouched();
        }
    }

    Target get() {
        return target;
    }
}
