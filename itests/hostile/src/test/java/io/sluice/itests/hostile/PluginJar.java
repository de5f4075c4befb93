package io.sluice.itests.hostile;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A plugin of a test's own, compiled against the distribution from sources under src/test/resources/plugins. */
final class PluginJar {
    private static final String IMPORTS = "io.netty.buffer;version=\"[4.2,5)\",io.netty.util;version=\"[4.2,5)\",org.osgi.framework," + Stream.of("media", "net", "plugin", "push", "session", "source", "stream")
        .map(p -> "io.sluice.api." + p + ";version=\"[1.0,2)\"").collect(Collectors.joining(","));
    private static final String SCR = "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=1.5.0)(!(version>=2.0.0)))\"";

    private PluginJar() {
    }

    /** @param components OSGI-INF/NAME.xml each, given as name and content one after the other */
    static Path of(String plugin, Path folder, String... components) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(plugin + "-classes"));
        compile(plugin, classes);
        Path jar = folder.resolve(plugin + "-1.0.0.jar");
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out = new JarOutputStream(file, manifest(plugin, components))) {
            for (Path c : files(classes, ".class")) {
                entry(out, classes.relativize(c).toString(), Files.readAllBytes(c));
            }
            for (int i = 0; i < components.length; i += 2) {
                entry(out, "OSGI-INF/" + components[i] + ".xml", components[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    /** A component with one service and String properties, given as name and value one after the other. */
    static String component(String implementation, String service, String... properties) {
        StringBuilder xml = new StringBuilder("<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.4.0\" name=\"" + implementation + "\">");
        for (int i = 0; i < properties.length; i += 2) {
            xml.append("<property name=\"").append(properties[i]).append("\" type=\"String\" value=\"").append(properties[i + 1]).append("\"/>");
        }
        return xml.append("<service><provide interface=\"").append(service).append("\"/></service><implementation class=\"").append(implementation).append("\"/></scr:component>")
            .toString();
    }

    private static Manifest manifest(String plugin, String... components) {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", plugin);
        main.putValue("Bundle-Version", "1.0.0");
        main.putValue("Import-Package", IMPORTS);
        main.putValue("Require-Capability", SCR);
        List<String> files = new ArrayList<>();
        for (int i = 0; i < components.length; i += 2) {
            files.add("OSGI-INF/" + components[i] + ".xml");
        }
        main.putValue("Service-Component", String.join(",", files));
        return manifest;
    }

    private static void entry(JarOutputStream out, String path, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(path));
        out.write(content);
    }

    private static void compile(String plugin, Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-proc:none", "-nowarn", "-d", classes.toString(), "-cp",
            files(Path.of(System.getProperty("sluice.dist")), ".jar").stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))));
        files(Path.of(PluginJar.class.getResource("/plugins/" + plugin).getPath()), ".java").forEach(f -> arguments.add(f.toString()));
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IOException("the sources of " + plugin + " do not compile; javac says why above");
        }
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(suffix)).toList();
        }
    }
}
