package io.sluice.deploy.internal;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.source.StreamSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** A real framework with the deployer in it, and a consumer that keeps account of what it is told. */
final class Server implements AutoCloseable {
    /** The name "kept" is for one bundle only. */
    private static final Reserved RESERVED = Reserved.of(Map.of("io.test.keeper", List.of(new Key(StreamSource.class.getName(), "kept"))));
    private final Path home;
    private final Settings settings;
    final List<String> told = new CopyOnWriteArrayList<>();
    final Map<String, Plugin<StreamSource>> elected = new ConcurrentHashMap<>();
    Framework framework;
    ElectedPlugins plugins;

    Server(Path home) throws Exception {
        this(home, new Settings(100, 3_000, 300, 2_000));
    }

    Server(Path home, Settings settings) throws Exception {
        this.home = home;
        this.settings = settings;
        framework = framework(home);
        framework.start();
    }

    private static Framework framework(Path home) {
        Map<String, String> config = new HashMap<>();
        config.put(Constants.FRAMEWORK_STORAGE, home.resolve("data/cache").toString());
        config.put("org.osgi.framework.bsnversion", "multiple");
        config.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, "io.sluice.api.source;version=1.0.0,io.sluice.api.net;version=1.0.0");
        return new FrameworkFactory().newFramework(config);
    }

    Server deploy() throws Exception {
        plugins = new ElectedPlugins(framework.getBundleContext(), home, settings, RESERVED);
        plugins.listen(StreamSource.class, this::elected);
        return this;
    }

    private void elected(String name, Plugin<StreamSource> before, Plugin<StreamSource> now) {
        told.add(shown(before) + " -> " + shown(now));
        if (now == null) {
            elected.remove(name);
        } else {
            elected.put(name, now);
        }
    }

    private static String shown(Plugin<StreamSource> p) {
        return p == null ? "none" : p.service().toString();
    }

    Bundle system(PluginJar jar) throws Exception {
        Bundle b = framework.getBundleContext().installBundle("file:" + jar.write(home.resolve("system-" + System.nanoTime() + ".jar")));
        b.start();
        return b;
    }

    Path folder() {
        return home.resolve("deploy");
    }

    Path drop(PluginJar jar, String name) {
        return jar.drop(folder(), name);
    }

    Server serves(String expected) {
        Await.until("'" + expected + "' is elected", () -> told + " " + plugins.list(),
            () -> elected.values().stream().anyMatch(p -> p.service().toString().equals(expected)));
        return this;
    }

    Plugins.Info info(String version, Plugins.State state) {
        Await.until(version + " is " + state, () -> plugins.list(), () -> find(version, state) != null);
        return find(version, state);
    }

    Plugins.Info rejected(String file) {
        Await.until(file + " is rejected", () -> plugins.list(),
            () -> plugins.list().stream().anyMatch(i -> i.origin().equals(file) && i.state() == Plugins.State.REJECTED));
        return plugins.list().stream().filter(i -> i.origin().equals(file) && i.state() == Plugins.State.REJECTED).findFirst().orElseThrow();
    }

    private Plugins.Info find(String version, Plugins.State state) {
        return plugins.list().stream().filter(i -> i.version().equals(version) && i.state() == state).findFirst().orElse(null);
    }

    void gone(String version) {
        Await.until(version + " is gone", () -> plugins.list(), () -> plugins.list().stream().noneMatch(i -> i.version().equals(version))
            && List.of(framework.getBundleContext().getBundles()).stream().noneMatch(b -> b.getVersion().toString().equals(version) && b.getBundleId() != 0));
    }

    @Override
    public void close() throws Exception {
        if (plugins != null) {
            plugins.close();
        }
        framework.stop();
        framework.waitForStop(10_000);
    }
}
