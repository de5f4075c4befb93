package io.sluice.deploy.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import org.osgi.framework.Version;

/**
 * What a jar says of itself.
 *
 * @param file         where its bytes are
 * @param sha256       of its bytes: its identity
 * @param symbolicName Bundle-SymbolicName without directives
 * @param fragment     attaches to another bundle and is never started
 */
record Jar(Path file, String sha256, String symbolicName, Version version, boolean fragment) {
    /** The zip directory at the end is there and can be read; false while a copy is under way. */
    static boolean whole(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.size() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** @throws Refusal when it is no bundle, in words that name what it is instead */
    static Jar read(Path file, String sha256) throws Refusal, IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            if (manifest == null) {
                throw new Refusal("it is a zip file without META-INF/MANIFEST.MF, so not a bundle; build it with bnd");
            }
            return facts(file, sha256, manifest.getMainAttributes());
        } catch (ZipException e) {
            throw new Refusal(damage(file, e));
        }
    }

    private static Jar facts(Path file, String sha256, Attributes manifest) throws Refusal {
        String name = manifest.getValue("Bundle-SymbolicName");
        if (name == null) {
            throw new Refusal("it is a jar but not a bundle: its manifest has no Bundle-SymbolicName; build it with bnd");
        }
        String version = manifest.getValue("Bundle-Version");
        try {
            return new Jar(file, sha256, name.split(";", 2)[0].trim(), Version.parseVersion(version), manifest.getValue("Fragment-Host") != null);
        } catch (IllegalArgumentException e) {
            throw new Refusal("its Bundle-Version '" + version + "' is not a version such as 1.2.3 or 1.2.3.qualifier");
        }
    }

    private static String damage(Path file, IOException e) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(4);
            if (start.length == 0) {
                return "it is empty";
            }
            if (start.length < 4 || start[0] != 'P' || start[1] != 'K') {
                return "it is not a jar: it does not begin like a zip file";
            }
        }
        return "it is a truncated or damaged jar of " + Files.size(file) + " bytes (" + e.getMessage() + "); copy it again";
    }
}
