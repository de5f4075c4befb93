package io.sluice.itests.platform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The unpacked distribution: what the launcher would install, at which start level, with which framework properties. */
record Distribution(Path folder, Path home) {
    record Jar(Path path, int startLevel, boolean fragment) { }

    static Distribution unpacked() throws IOException {
        Path home = Path.of(System.getProperty("sluice.home"));
        clear(home);
        Path folder = Path.of(System.getProperty("sluice.dist"));
        copy(folder.resolve("conf"), home.resolve("conf"));
        for (String listener : List.of("rtmp", "http")) {
            Path file = home.resolve("conf/io.sluice.net.listener~" + listener + ".cfg.json");
            Files.writeString(file, Files.readString(file).replaceAll("\"port\": \"[^\"]*\"", "\"port\": 0"));
        }
        Files.createDirectories(home.resolve("deploy"));
        Files.createDirectories(home.resolve("data"));
        return new Distribution(folder, home);
    }

    List<Jar> bundles() throws IOException {
        try (Stream<Path> jars = Files.walk(folder.resolve("system"))) {
            return jars.filter(p -> p.toString().endsWith(".jar")).sorted(Comparator.naturalOrder())
                .map(p -> new Jar(p, Integer.parseInt(p.getParent().getFileName().toString()), isFragment(p))).toList();
        }
    }

    /** The launcher's own defaults, with free ports. */
    Map<String, String> frameworkProperties() throws IOException {
        Properties defaults = new Properties();
        try (JarFile launcher = new JarFile(folder.resolve("bin/sluice-launcher.jar").toFile());
            InputStream in = launcher.getInputStream(launcher.getEntry("io/sluice/launcher/framework.properties"))) {
            defaults.load(in);
        }
        Map<String, String> all = new TreeMap<>();
        defaults.forEach((k, v) -> all.put(k.toString(), v.toString().replace("${sluice.home}", home.toString()).replaceAll("\\$\\[env:[A-Z_]+;default=([^\\]]*)\\]", "$1")));
        all.put("sluice.home", home.toString());
        all.put("sluice.installation", folder.toString());
        all.put("org.osgi.service.http.port", "0");
        return all;
    }

    private static boolean isFragment(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue("Fragment-Host") != null;
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + jar, e);
        }
    }

    /** What an earlier run left. */
    private static void clear(Path home) throws IOException {
        if (Files.exists(home)) {
            try (Stream<Path> all = Files.walk(home)) {
                for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(p);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path p : all.toList()) {
                Path target = to.resolve(from.relativize(p).toString());
                if (Files.isDirectory(p)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(p, target);
                }
            }
        }
    }
}
