package io.sluice.itests.upgrade;

import io.sluice.testkit.JarVariant;
import io.sluice.testkit.SluiceServer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A newer version of a shipped plugin with a planted fault: a class of src/test/resources/faults, compiled against the distribution, replaces its namesake in the jar or stands
 * in for the component's class.
 */
final class FaultyJar {
    private final String fault;
    private final String bundle;
    private final JarVariant jar;

    /** @param fault name of a folder of sources */
    FaultyJar(String fault, String bundle, Path folder) throws IOException {
        this.fault = fault;
        this.bundle = bundle;
        jar = JarVariant.of(Shipped.jar(bundle)).version(Upgrade.NEWER);
        Path classes = Files.createDirectories(folder.resolve(fault + "-classes"));
        compile(classes);
        for (Path file : files(classes, ".class")) {
            jar.entry(classes.relativize(file).toString(), Files.readAllBytes(file));
        }
    }

    /** The component is made of another class. */
    FaultyJar component(String component, String instead) throws IOException {
        String path = "OSGI-INF/" + bundle + ".internal." + component + ".xml";
        try (JarFile shipped = new JarFile(Shipped.jar(bundle).toFile())) {
            String xml = new String(shipped.getInputStream(shipped.getEntry(path)).readAllBytes(), StandardCharsets.UTF_8);
            jar.entry(path, xml.replace("class=\"" + bundle + ".internal." + component + "\"", "class=\"" + bundle + ".internal." + instead + "\""));
        }
        return this;
    }

    Upgrade upgrade(SluiceServer server, Path folder) throws IOException {
        return new Upgrade(server, bundle, Upgrade.NEWER, jar.write(folder.resolve(bundle + "-" + fault + ".jar")));
    }

    private void compile(Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-proc:none", "-d", classes.toString(), "-cp",
            Shipped.all().stream().map(Path::toString).collect(Collectors.joining(java.io.File.pathSeparator))));
        files(sources(), ".java").forEach(f -> arguments.add(f.toString()));
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (result != 0) {
            throw new IOException("the sources of " + fault + " do not compile; javac says why above");
        }
    }

    private Path sources() {
        try {
            return Path.of(FaultyJar.class.getResource("/faults/" + fault).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(suffix)).toList();
        }
    }
}
