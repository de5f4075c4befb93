package io.sluice.deploy.internal;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What outlives a restart: the version that was chosen for each symbolic name, the bytes last accepted from each file in deploy/, and the
 * bytes that were refused. One properties file, written to a temporary file, forced to disk and renamed at each change.
 */
final class Memory {
    private static final Logger LOG = LoggerFactory.getLogger(Memory.class);

    /**
     * @param file       name in deploy/
     * @param bundle     symbolic name, or "" where that could not be read
     * @param version    or ""
     * @param unresolved a later jar may bring what is missing
     */
    record Rejected(String sha256, String file, String bundle, String version, String reason, boolean unresolved) {
    }

    private final Path path;
    private final Properties values = new Properties();

    Memory(Path path) {
        this.path = path;
        if (Files.exists(path)) {
            try (InputStream in = Files.newInputStream(path)) {
                values.load(in);
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn("{} cannot be read ({}): which versions were elected is forgotten, the highest ones are", path, e.toString());
            }
        }
    }

    synchronized Optional<String> elected(String symbolicName) {
        return Optional.ofNullable(values.getProperty("elected." + symbolicName));
    }

    synchronized void elected(String symbolicName, String sha256) {
        set("elected." + symbolicName, sha256);
    }

    /** The hash of what the file last gave us that was accepted. */
    synchronized Optional<String> file(String name) {
        return Optional.ofNullable(values.getProperty("file." + name));
    }

    synchronized void file(String name, String sha256) {
        set("file." + name, sha256);
    }

    /** File name to hash. */
    synchronized Map<String, String> files() {
        return values.stringPropertyNames().stream().filter(k -> k.startsWith("file."))
            .collect(Collectors.toMap(k -> k.substring("file.".length()), values::getProperty, (a, b) -> a, TreeMap::new));
    }

    synchronized Optional<Rejected> rejected(String sha256) {
        String key = "rejected." + sha256;
        return Optional.ofNullable(values.getProperty(key)).map(reason -> new Rejected(sha256, values.getProperty(key + ".file", ""),
            values.getProperty(key + ".bundle", ""), values.getProperty(key + ".version", ""), reason, "true".equals(values.getProperty(key + ".unresolved"))));
    }

    /** By hash. */
    synchronized Map<String, Rejected> rejected() {
        return values.stringPropertyNames().stream().filter(k -> k.startsWith("rejected.") && k.indexOf('.', "rejected.".length()) < 0)
            .map(k -> rejected(k.substring("rejected.".length())).orElseThrow())
            .collect(Collectors.toMap(Rejected::sha256, r -> r, (a, b) -> a, TreeMap::new));
    }

    synchronized void reject(Rejected r) {
        String key = "rejected." + r.sha256();
        values.setProperty(key, r.reason());
        values.setProperty(key + ".file", r.file());
        values.setProperty(key + ".bundle", r.bundle());
        values.setProperty(key + ".version", r.version());
        values.setProperty(key + ".unresolved", Boolean.toString(r.unresolved()));
        save();
    }

    synchronized void forgetRejected(String sha256) {
        if (values.keySet().removeIf(k -> k.equals("rejected." + sha256) || k.toString().startsWith("rejected." + sha256 + "."))) {
            save();
        }
    }

    private void set(String key, String value) {
        Object before = value == null ? values.remove(key) : values.setProperty(key, value);
        if (value == null ? before != null : !value.equals(before)) {
            save();
        }
    }

    private void save() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            values.store(bytes, "Which plugin versions were chosen, and what each file in deploy/ gave us. Written by the server.");
            Path part = path.resolveSibling(path.getFileName() + ".tmp");
            try (FileOutputStream out = new FileOutputStream(part.toFile())) {
                out.write(bytes.toByteArray());
                out.getFD().sync();
            }
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{} cannot be written ({}): the choice holds until the next restart only", path, e.toString());
        }
    }
}
