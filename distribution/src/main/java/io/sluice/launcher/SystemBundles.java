package io.sluice.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;

/** The jars in {@code system/NN/}, where NN is their start level; used from where they lie, not copied. */
record SystemBundles(Path system) {
    void install(BundleContext context) throws IOException, BundleException {
        for (Path jar : jars()) {
            Bundle bundle = context.installBundle("reference:" + jar.toUri(), null);
            bundle.adapt(BundleStartLevel.class).setStartLevel(Integer.parseInt(jar.getParent().getFileName().toString()));
            if (!isFragment(bundle)) {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            }
        }
    }

    static boolean isFragment(Bundle bundle) {
        return bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
    }

    private List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.walk(system, 2)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }
}
