package io.sluice.trigger.webhook.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Lets a receiver see that an event comes from who knows the secret, and which: {@code sha256=} and the lower-case hexadecimal HMAC-SHA256 (RFC 2104, FIPS 180-4) of the headers
 * X-Trigger, X-Sluice-Event and X-Sluice-Time, each followed by a line break, and the body.
 */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {
    }

    static String of(String secret, String type, String id, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((type + "\n" + id + "\n" + time + "\n").getBytes(StandardCharsets.UTF_8));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
