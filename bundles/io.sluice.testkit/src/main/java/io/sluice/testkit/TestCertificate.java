package io.sluice.testkit;

import io.sluice.testkit.client.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A self-signed certificate for "localhost" and no other name, made by the JDK's keytool.
 *
 * @param context for a server that shows it
 * @param pem     file with the certificate alone
 */
public record TestCertificate(SSLContext context, Path pem) {
    private static final String PASSWORD = "test-only";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** @param folder that its files are written to */
    public static TestCertificate make(Path folder) throws IOException, GeneralSecurityException {
        Path store = folder.resolve("localhost.p12");
        Path pem = folder.resolve("localhost.pem");
        keytool("-genkeypair", "-alias", "localhost", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-validity", "2", "-keystore", store.toString(),
            "-storetype", "PKCS12", "-storepass", PASSWORD);
        keytool("-exportcert", "-rfc", "-alias", "localhost", "-keystore", store.toString(), "-storepass", PASSWORD, "-file", pem.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new TestCertificate(context, pem);
    }

    private static void keytool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
        command.addAll(List.of(arguments));
        try (Program keytool = Program.start(command)) {
            keytool.output(PATIENCE);
        }
    }
}
