package io.sluice.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** What a publisher shows to be let in. The start script hands it to the server as SLUICE_PUBLISH_KEY unless that is set. */
record PublishKey(Path file) {
    /** 18 bytes are 24 characters without padding, and 144 bits: out of reach of guessing over a network. */
    private static final int RANDOM_BYTES = 18;

    void ensure() throws IOException {
        if (!Files.exists(file)) {
            PrivateFile.write(file, random() + "\n");
        }
    }

    /** Letters, digits, - and _ only: it travels in URLs. */
    static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
