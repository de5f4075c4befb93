package io.sluice.streams.internal;

import io.sluice.streams.internal.media.Clock;
import io.sluice.streams.internal.visit.Doorman;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** Whether the server's start still has to bring the session engine: its bundle is set to start, and the framework has not been at its level for long. By one thread at a time. */
final class EngineStart {
    /** The deployer gives a version as long to offer what it has. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final BundleContext context;
    private final Clock clock;
    private boolean reached;
    private long reachedNanos;

    EngineStart(BundleContext context, Clock clock) {
        this.context = context;
        this.clock = clock;
    }

    boolean isDue() {
        int level = context.getBundle(Constants.SYSTEM_BUNDLE_ID).adapt(FrameworkStartLevel.class).getStartLevel();
        BundleStartLevel engine = Stream.of(context.getBundles()).filter(b -> Doorman.BUNDLE.equals(b.getSymbolicName())).map(EngineStart::startLevel)
            .filter(b -> b != null && b.isPersistentlyStarted()).findFirst().orElse(null);
        if (engine == null || engine.getStartLevel() > level) {
            return engine != null;
        }
        if (!reached) {
            reached = true;
            reachedNanos = clock.nanos();
        }
        return clock.nanos() - reachedNanos < PATIENCE_NANOS;
    }

    /** Null of one that was uninstalled meanwhile. */
    private static BundleStartLevel startLevel(Bundle bundle) {
        return bundle.adapt(BundleStartLevel.class);
    }
}
