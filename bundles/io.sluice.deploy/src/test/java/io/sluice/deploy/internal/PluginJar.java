package io.sluice.deploy.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** Makes a small bundle at test time: an activator compiled from text, registering sources that say who they are. */
final class PluginJar {
    private final String version;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> resources = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();
    private String before = "";
    private boolean activator = true;

    private PluginJar(String symbolicName, String version) {
        this.version = version;
        headers.put("Manifest-Version", "1.0");
        headers.put("Bundle-ManifestVersion", "2");
        headers.put("Bundle-SymbolicName", symbolicName);
        headers.put("Bundle-Version", version);
        headers.put("Import-Package", "org.osgi.framework,io.sluice.api.source");
    }

    static PluginJar of(String symbolicName, String version) {
        return new PluginJar(symbolicName, version);
    }

    /** Registers a StreamSource with this sluice.name; its toString is "name version salt". */
    PluginJar offers(String name) {
        names.add(name);
        return this;
    }

    /** Java statements that run before services are registered. */
    PluginJar first(String code) {
        before += code;
        return this;
    }

    PluginJar header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    PluginJar file(String name, String content) {
        resources.put(name, content);
        return this;
    }

    PluginJar noActivator() {
        activator = false;
        return this;
    }

    /** Other bytes, same version. */
    PluginJar salt(String salt) {
        return file("salt.txt", salt);
    }

    /** Appears under its name complete, as a careful operator does it. */
    Path drop(Path folder, String name) {
        try {
            Path part = folder.resolve("." + name);
            write(part);
            return Files.move(part, folder.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path write(Path jar) throws IOException {
        Path classes = Files.createTempDirectory("plugin");
        Path source = Files.createDirectories(classes.resolve("t")).resolve("Start.java");
        Files.writeString(source, source());
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-cp", System.getProperty("java.class.path"), "-proc:none", "-d",
            classes.toString(), source.toString());
        if (failed != 0) {
            throw new IOException("javac failed");
        }
        Files.delete(source);
        if (activator) {
            headers.put("Bundle-Activator", "t.Start");
        }
        Manifest manifest = new Manifest();
        headers.forEach((k, v) -> manifest.getMainAttributes().putValue(k, v));
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out = new JarOutputStream(file, manifest); Stream<Path> made = Files.walk(classes)) {
            for (Path f : made.filter(Files::isRegularFile).toList()) {
                add(out, classes.relativize(f).toString(), Files.readAllBytes(f));
            }
            for (Map.Entry<String, String> r : resources.entrySet()) {
                add(out, r.getKey(), r.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static void add(JarOutputStream out, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        out.putNextEntry(entry);
        out.write(bytes);
    }

    private String source() {
        StringBuilder register = new StringBuilder();
        for (String n : names) {
            register.append("c.registerService(io.sluice.api.source.StreamSource.class, new Source(\"" + n + "\"), new java.util.Hashtable<>(java.util.Map.of(\"sluice.name\", \""
                + n + "\")));\n");
        }
        return """
            package t;
            public class Start implements org.osgi.framework.BundleActivator {
                public static class Source implements io.sluice.api.source.StreamSource {
                    private final String name;
                    private volatile boolean active = true;
                    public Source() { this("ds"); }
                    public Source(String name) { this.name = name; }
                    public void stop() { active = false; }
                    public AutoCloseable pull(io.sluice.api.source.SourceRequest r) { return () -> { }; }
                    public String toString() { return name + " VERSION" + (active ? "" : " deactivated"); }
                }
                public void start(org.osgi.framework.BundleContext c) throws Exception {
                    BEFORE
                    REGISTER
                }
                public void stop(org.osgi.framework.BundleContext c) { }
            }
            """.replace("VERSION", version).replace("BEFORE", before).replace("REGISTER", register);
    }
}
