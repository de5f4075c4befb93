package io.sluice.itests.pushes;

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

/** A trigger of somebody else's, compiled against the distribution: a class, a manifest, a component's description. */
final class MoonJar {
    private static final String COMPONENT = "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.4.0\" name=\"moon\"><property name=\"sluice.name\" type=\"String\" value=\"moon\"/>"
        + "<service><provide interface=\"io.sluice.api.push.PushTrigger\"/></service><implementation class=\"moon.MoonTrigger\"/></scr:component>";

    private MoonJar() {
    }

    static Path write(Path folder) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("moon-classes"));
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-proc:none", "-nowarn", "-d", classes.toString(), "-cp",
            files(Path.of(System.getProperty("sluice.dist")), ".jar").stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))));
        files(Path.of(MoonJar.class.getResource("/plugins/moon").getPath()), ".java").forEach(f -> arguments.add(f.toString()));
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IOException("the trigger does not compile; javac says why above");
        }
        Path jar = folder.resolve("moon-1.0.0.jar");
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out = new JarOutputStream(file, manifest())) {
            for (Path c : files(classes, ".class")) {
                entry(out, classes.relativize(c).toString(), Files.readAllBytes(c));
            }
            entry(out, "OSGI-INF/moon.xml", COMPONENT.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "moon");
        main.putValue("Bundle-Version", "1.0.0");
        main.putValue("Import-Package", "io.sluice.api.push;version=\"[1.0,2)\"");
        main.putValue("Require-Capability", "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=1.5.0)(!(version>=2.0.0)))\"");
        main.putValue("Service-Component", "OSGI-INF/moon.xml");
        return manifest;
    }

    private static void entry(JarOutputStream out, String path, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(path));
        out.write(content);
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(suffix)).toList();
        }
    }
}
