package io.sluice.sessions.internal.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.api.session.ConnectionKind;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The id of a session: a prefix for its kind and SHA-256 over the key, each value with its length in front, so that no two keys are the same bytes. */
final class SessionId {
    private SessionId() {
    }

    static String of(ConnectionKind kind, String strategy, List<String> fields, List<String> key) {
        MessageDigest digest = sha256();
        add(digest, strategy);
        addAll(digest, fields);
        addAll(digest, key);
        return prefix(kind) + HexFormat.of().formatHex(digest.digest());
    }

    private static String prefix(ConnectionKind kind) {
        return switch (kind) {
            case VIEWER -> "";
            case INPUT -> "I";
            case OUTPUT -> "O";
            case UNCLASSIFIED -> "U";
        };
    }

    private static void addAll(MessageDigest digest, List<String> values) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, values.size()));
        values.forEach(v -> add(digest, v));
    }

    private static void add(MessageDigest digest, String value) {
        byte[] bytes = value.getBytes(UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
