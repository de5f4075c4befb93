package io.sluice.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarVariantTest {
    @TempDir
    Path folder;

    private Path original() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", "x");
        manifest.getMainAttributes().putValue("Bundle-Version", "1.0.0");
        try (OutputStream file = Files.newOutputStream(folder.resolve("a.jar")); JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (String name : List.of("x/build.properties", "x/A.class", "META-INF/SIGNER.SF")) {
                out.putNextEntry(new JarEntry(name));
                out.write(name.getBytes());
            }
        }
        return folder.resolve("a.jar");
    }

    @Test
    void onlyWhatIsNamedIsAnother() throws IOException {
        Path variant = JarVariant.of(original()).version("1.1.0").entry("x/build.properties", "chunkSize=1").entry("x/new", "n").write(folder.resolve("b.jar"));
        try (JarFile jar = new JarFile(variant.toFile())) {
            assertEquals("1.1.0", jar.getManifest().getMainAttributes().getValue("Bundle-Version"));
            assertEquals("x", jar.getManifest().getMainAttributes().getValue("Bundle-SymbolicName"));
            assertEquals("chunkSize=1", read(jar, "x/build.properties"));
            assertEquals("x/A.class", read(jar, "x/A.class"));
            assertEquals("n", read(jar, "x/new"));
            assertNull(jar.getEntry("META-INF/SIGNER.SF"));
        }
    }

    @Test
    void theSameChangesGiveTheSameBytes() throws IOException {
        JarVariant variant = JarVariant.of(original()).version("1.1.0");
        assertEquals(-1, Files.mismatch(variant.write(folder.resolve("b.jar")), variant.write(folder.resolve("c.jar"))));
    }

    private static String read(JarFile jar, String entry) throws IOException {
        return new String(jar.getInputStream(jar.getEntry(entry)).readAllBytes());
    }
}
