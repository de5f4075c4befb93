package io.sluice.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Another version of a plugin's jar, made of the one that was built: changed manifest headers, replaced or added entries, no signature. */
public final class JarVariant {
    private final Path original;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private JarVariant(Path original) {
        this.original = original;
    }

    public static JarVariant of(Path original) {
        return new JarVariant(original);
    }

    public JarVariant version(String bundleVersion) {
        return header("Bundle-Version", bundleVersion);
    }

    public JarVariant header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Puts this content at that path, whether the original has it or not. */
    public JarVariant entry(String path, byte[] content) {
        entries.put(path, content.clone());
        return this;
    }

    public JarVariant entry(String path, String content) {
        return entry(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the variant and answers the path given. The same changes to the same original give the same bytes. */
    public Path write(Path target) throws IOException {
        try (JarFile jar = new JarFile(original.toFile(), false);
            OutputStream file = Files.newOutputStream(target);
            JarOutputStream out = new JarOutputStream(file)) {
            put(out, JarFile.MANIFEST_NAME, manifest(jar));
            copy(jar, out);
            for (Map.Entry<String, byte[]> added : entries.entrySet()) {
                put(out, added.getKey(), added.getValue());
            }
        }
        return target;
    }

    private byte[] manifest(JarFile jar) throws IOException {
        Manifest old = jar.getManifest();
        Manifest changed = old == null ? new Manifest() : new Manifest(old);
        changed.getEntries().clear();
        Attributes main = changed.getMainAttributes();
        main.putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach(main::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        changed.write(bytes);
        return bytes.toByteArray();
    }

    private void copy(JarFile jar, JarOutputStream out) throws IOException {
        Enumeration<JarEntry> all = jar.entries();
        while (all.hasMoreElements()) {
            JarEntry entry = all.nextElement();
            if (!entry.getName().equals(JarFile.MANIFEST_NAME) && !signature(entry.getName()) && !entries.containsKey(entry.getName())) {
                try (InputStream in = jar.getInputStream(entry)) {
                    put(out, entry.getName(), in.readAllBytes());
                }
            }
        }
    }

    private static boolean signature(String path) {
        return path.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    }

    private static void put(JarOutputStream out, String path, byte[] content) throws IOException {
        JarEntry entry = new JarEntry(path);
        entry.setTime(0);
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
