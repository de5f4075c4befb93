package io.sluice.session.jwt.internal;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Keys that may have made a signature. Immutable.
 *
 * @param keys public keys, and secrets where a file is the source
 */
record KeySet(List<JWK> keys) {
    static final KeySet EMPTY = new KeySet(List.of());
    /** The largest providers publish about ten. A token that names no key is tried against all of its kind. */
    private static final int MAX_KEYS = 50;
    /** RFC 7518, section 3.3. */
    private static final int MIN_RSA_BITS = 2048;

    KeySet {
        keys = List.copyOf(keys);
    }

    /**
     * A JWK set (RFC 7517, section 5), one JWK, or PEM: public keys and certificates. Of key pairs the public half is taken.
     *
     * @param secrets whether keys for HMAC count; not from a place that others may read
     * @throws IllegalArgumentException which says what is wrong with it, and nothing of what is in it
     */
    static KeySet parse(byte[] bytes, boolean secrets) {
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        List<JWK> usable = new ArrayList<>();
        for (JWK key : text.startsWith("{") ? json(text) : PemKeys.parse(text)) {
            if (KeyUse.ENCRYPTION.equals(key.getKeyUse())) {
                continue;
            }
            JWK open = key.toPublicJWK();
            if (open != null || secrets) {
                usable.add(strong(open == null ? key : open));
            }
        }
        if (usable.isEmpty() || usable.size() > MAX_KEYS) {
            throw new IllegalArgumentException("1 to " + MAX_KEYS + " keys for signatures were wanted, " + usable.size() + " were found");
        }
        return new KeySet(usable);
    }

    private static List<JWK> json(String text) {
        try {
            Map<String, Object> object = JSONObjectUtils.parse(text);
            return object.containsKey("keys") ? JWKSet.parse(object).getKeys() : List.of(JWK.parse(object));
        } catch (ParseException e) {
            throw new IllegalArgumentException("it is neither a JWK set, a JWK nor PEM");
        }
    }

    private static JWK strong(JWK key) {
        if (key instanceof RSAKey rsa && rsa.size() < MIN_RSA_BITS) {
            throw new IllegalArgumentException("an RSA key must have " + MIN_RSA_BITS + " bits, one has " + rsa.size());
        }
        return key;
    }

    boolean names(String id) {
        return keys.stream().anyMatch(k -> id.equals(k.getKeyID()));
    }

    KeySet with(KeySet other) {
        List<JWK> all = new ArrayList<>(keys);
        all.addAll(other.keys);
        return new KeySet(all);
    }
}
