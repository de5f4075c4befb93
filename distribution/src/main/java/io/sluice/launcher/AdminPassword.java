package io.sluice.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The administrator's password: made at the first start, shown once, kept only as a salted slow hash in the configuration
 * {@code io.sluice.admin.console}. Emptying {@code passwordHash} there and starting again makes a new one.
 */
record AdminPassword(Path conf) {
    static final String FILE = "io.sluice.admin.console.cfg.json";
    /** Where io.sluice.admin.welcome finds the password in clear, to print it once and forget it. */
    static final String FIRST_PASSWORD = "sluice.admin.firstPassword";

    /** OWASP's figure for PBKDF2 with HMAC-SHA-512 (Password Storage Cheat Sheet): about a tenth of a second a guess. */
    private static final int ITERATIONS = 210_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 512;
    private static final Pattern EMPTY_HASH = Pattern.compile("(\"passwordHash(?::String)?\"\\s*:\\s*)\"\"");
    private static final String FRESH = """
        {
          "user": "admin",
          "passwordHash": "",
          "password": "$[env:SLUICE_ADMIN_PASSWORD;default=]"
        }
        """;

    /**
     * @param given the password from the environment, or null; while it is set none is made
     * @return the password that was made now, in clear
     */
    Optional<String> ensure(String given) throws IOException, GeneralSecurityException {
        Path file = conf.resolve(FILE);
        String text = Files.exists(file) ? Files.readString(file) : FRESH;
        Matcher empty = EMPTY_HASH.matcher(text);
        if (given != null && !given.isEmpty() || !empty.find()) {
            if (!Files.exists(file)) {
                PrivateFile.write(file, text);
            }
            return Optional.empty();
        }
        String password = PublishKey.random();
        PrivateFile.write(file, empty.replaceFirst(Matcher.quoteReplacement(empty.group(1) + '"' + hash(password) + '"')));
        return Optional.of(password);
    }

    /** For io.sluice.admin.welcome, which prints it with everything else and clears the property. */
    static void announce(String password) {
        System.setProperty(FIRST_PASSWORD, password);
    }

    /** @return {@code pbkdf2-sha512:<iterations>:<base64 salt>:<base64 hash>} */
    static String hash(String password) throws GeneralSecurityException {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, HASH_BITS);
        byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
        Base64.Encoder base64 = Base64.getEncoder();
        return "pbkdf2-sha512:" + ITERATIONS + ':' + base64.encodeToString(salt) + ':' + base64.encodeToString(hash);
    }
}
