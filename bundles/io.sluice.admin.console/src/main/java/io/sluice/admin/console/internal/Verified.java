package io.sluice.admin.console.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The last Authorization header that was found right, as a digest under a key that exists only in this object, so that the slow hash is not computed for every
 * request of a page. One administrator, so one place. From any thread.
 */
final class Verified {
    private final SecretKeySpec key;
    private volatile byte[] digest;

    Verified() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, "HmacSHA256");
    }

    void remember(String user, String password) {
        digest = digest(user, password);
    }

    boolean knows(String user, String password) {
        byte[] known = digest;
        return known != null && MessageDigest.isEqual(known, digest(user, password));
    }

    void forget() {
        digest = null;
    }

    private byte[] digest(String user, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(Integer.toString(user.length()).getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal((":" + user + password).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
