package io.sluice.net.internal.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A certificate of our own, made once by the JDK's keytool (the only certificate maker that is public in every JDK) and kept. Blocks. */
final class SelfSigned {
    private static final Logger LOG = LoggerFactory.getLogger(SelfSigned.class);
    private static final String FILE = "self-signed.p12";
    private static final String ALIAS = "sluice";
    /** PKCS#12 wants one; what protects the key is the file's mode. */
    private static final char[] PASSWORD = "self-signed".toCharArray();
    private static final String DAYS = "3650";

    private SelfSigned() {
    }

    static Identity identity(Path folder) throws IOException, GeneralSecurityException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            make(folder, file);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        X509Certificate[] chain = Arrays.stream(store.getCertificateChain(ALIAS)).map(X509Certificate.class::cast).toArray(X509Certificate[]::new);
        return new Identity((PrivateKey) store.getKey(ALIAS, PASSWORD), chain);
    }

    /** In a folder that only we can enter, then moved: nobody sees a half-made or readable key. */
    private static void make(Path folder, Path file) throws IOException {
        Files.createDirectories(folder);
        boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
        Path temporary = posix ? Files.createTempDirectory(folder, "new", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
            : Files.createTempDirectory(folder, "new");
        Path made = temporary.resolve(FILE);
        try {
            keytool(made);
            if (posix) {
                Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            LOG.info("made a self-signed certificate: {}", file);
        } finally {
            Files.deleteIfExists(made);
            Files.deleteIfExists(temporary);
        }
    }

    private static void keytool(Path file) throws IOException {
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", ALIAS,
            "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=sluice", "-ext", "SAN=dns:localhost,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1",
            "-validity", DAYS, "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", new String(PASSWORD))
            .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            if (!keytool.waitFor(30, TimeUnit.SECONDS)) {
                keytool.destroyForcibly();
                throw new IOException("keytool did not end within 30 s");
            }
        } catch (InterruptedException e) {
            keytool.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool ran", e);
        }
        if (keytool.exitValue() != 0) {
            throw new IOException("keytool could not make a certificate (exit " + keytool.exitValue() + ")");
        }
    }
}
