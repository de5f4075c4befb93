package io.sluice.config.internal;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Felix with the real Configuration Admin and the real interpolation plugin over a home; our classes and the API's come from the test's class path. */
final class Server implements AutoCloseable {
    private final Framework framework;
    private final Activator ours = new Activator();

    Server(Path home, Path cache) throws Exception {
        framework = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(Map.of(
            Constants.FRAMEWORK_STORAGE, cache.toString(), Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
            Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, "org.osgi.service.cm;version=1.6.0,org.apache.felix.cm;version=1.2.0,org.slf4j;version=1.7.36",
            "sluice.home", home.toString(), "felix.cm.pm", "io.sluice.config", "felix.cm.config.plugins", "org.apache.felix.configadmin.plugin.interpolation",
            "test.port", "1234"));
        framework.start();
        ours.start(context());
        for (String type : new String[] {"org.osgi.util.function.Function", "org.osgi.util.converter.Converter",
            "org.apache.felix.configadmin.plugin.interpolation.Interpolator", "org.apache.felix.cm.file.FilePersistenceManager"}) {
            context().installBundle(Class.forName(type).getProtectionDomain().getCodeSource().getLocation().toString()).start();
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    ConfigurationAdmin admin() {
        return context().getService(context().getServiceReference(ConfigurationAdmin.class));
    }

    /** As Felix's console finds one: an object of its own, not the one that Configuration Admin caches. */
    Configuration listed(String pid) throws Exception {
        Configuration[] found = admin().listConfigurations("(service.pid=" + pid + ")");
        return found == null ? null : found[0];
    }

    Object value(String pid, String key) throws Exception {
        Configuration found = listed(pid);
        return found == null ? null : found.getProperties().get(key);
    }

    /** What a component gets: placeholders filled in. */
    Dictionary<String, Object> processed(String pid) throws Exception {
        return listed(pid).getProcessedProperties(null);
    }

    /** Felix's console saves like this (ConfigAdminSupport.applyConfiguration). */
    void consoleSave(String pid, Map<String, Object> values) throws Exception {
        Configuration found = listed(pid);
        Configuration configuration = found == null ? admin().getConfiguration(pid, null) : found;
        if (configuration.getBundleLocation() != null) {
            configuration.setBundleLocation(null);
            if (configuration.getBundleLocation() != null) {
                configuration.setBundleLocation("??invalid:bundle/location");
                configuration.setBundleLocation(null);
            }
        }
        configuration.update(new Hashtable<>(values));
    }

    /** An empty bundle, to register services with. */
    Bundle bundle(String name, String version) throws Exception {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        headers.putValue(Constants.BUNDLE_VERSION, version);
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        new JarOutputStream(jar, manifest).close();
        Bundle bundle = context().installBundle(name + "-" + version, new ByteArrayInputStream(jar.toByteArray()));
        bundle.start();
        return bundle;
    }

    static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                fail("not within 10 s: " + what);
            }
            Thread.onSpinWait();
        }
    }

    static Path conf(Path home, String file, String text) throws Exception {
        Path conf = Files.createDirectories(home.resolve("conf"));
        Path draft = Files.writeString(home.resolve(file + ".draft"), text);
        return Files.move(draft, conf.resolve(file), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws Exception {
        ours.stop(context());
        framework.stop();
        framework.waitForStop(10_000);
    }
}
