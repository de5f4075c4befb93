package io.sluice.deploy.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The copies in data/plugins that bundles are installed from, named by their hash, so that a file in deploy/ may change or vanish at any time. */
final class JarStore {
    /** Copies kept after their bundle went, for going back: a day's worth of tries, at a few hundred KB each. */
    private static final int KEPT = 10;
    private final Path folder;

    JarStore(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** Copies a file and judges the copy; one that is refused leaves no copy behind. */
    Jar take(Path file) throws IOException, Refusal {
        Path incoming = folder.resolve("incoming.tmp");
        String sha = copy(file, incoming);
        try {
            Jar jar = Jar.read(incoming, sha);
            Path kept = path(sha);
            Files.move(incoming, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new Jar(kept, sha, jar.symbolicName(), jar.version(), jar.fragment());
        } finally {
            Files.deleteIfExists(incoming);
        }
    }

    private static String copy(Path from, Path to) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(from); OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
            in.transferTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static String hash(InputStream in) throws IOException {
        MessageDigest digest = sha256();
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            in.transferTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return hash(in);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    Path path(String sha256) {
        return folder.resolve(sha256 + ".jar");
    }

    boolean has(String sha256) {
        return Files.isRegularFile(path(sha256));
    }

    Optional<Jar> find(String sha256) {
        try {
            return has(sha256) ? Optional.of(Jar.read(path(sha256), sha256)) : Optional.empty();
        } catch (IOException | Refusal e) {
            return Optional.empty();
        }
    }

    List<String> hashes() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).filter(n -> n.endsWith(".jar")).map(n -> n.substring(0, n.length() - 4)).toList();
        }
    }

    /** Puts a copy into deploy/ again, complete from its first appearance on. */
    void putBack(String sha256, Path file) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        Files.copy(path(sha256), part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Deletes the oldest of the copies that nobody needs. */
    void prune(Set<String> needed) throws IOException {
        List<String> spare = hashes().stream().filter(h -> !needed.contains(h)).sorted(Comparator.comparing(this::age).reversed()).toList();
        for (String hash : spare.subList(Math.min(KEPT, spare.size()), spare.size())) {
            Files.deleteIfExists(path(hash));
        }
    }

    private FileTime age(String hash) {
        try {
            return Files.getLastModifiedTime(path(hash));
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
