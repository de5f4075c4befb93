package io.sluice.target.rtmp.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * User and password as Adobe's and Limelight's servers ask for them. They refuse "connect" with a description that says how; the next connection carries the answer in the
 * application's query. First "need auth" is answered with the user's name, then "needauth" with a digest: two refusals, three connections. There is no standard; the forms are those of
 * FMLE, ffmpeg and librtmp, and Limelight's is RFC 2617 section 3.2.2 with qop "auth".
 */
final class Login {
    private static final Pattern METHOD = Pattern.compile("authmod=([a-z]+)");
    private static final Pattern REASON = Pattern.compile("\\?reason=([^\\s\\]]+)");
    private static final String REALM = "live";
    private static final String COUNT = "00000001";

    private final String user;
    private final String password;
    private final String app;
    private final Supplier<String> nonces;
    private boolean answered;

    /** @param nonces eight hexadecimal digits, other ones each time */
    Login(String user, String password, String app, Supplier<String> nonces) {
        this.user = user;
        this.password = password;
        this.app = app;
        this.nonces = nonces;
    }

    /**
     * @param description of the refusal
     * @return the query for the next attempt, beginning with "?"; null where this is no question for a password
     * @throws IllegalArgumentException in words, where a password does not help
     */
    String answer(String description) {
        Matcher method = METHOD.matcher(description);
        if (!method.find()) {
            return null;
        }
        if (user.isEmpty()) {
            throw new IllegalArgumentException("the receiver wants a user and a password: rtmp://user:password@host/…");
        }
        if (!method.group(1).equals("adobe") && !method.group(1).equals("llnw")) {
            throw new IllegalArgumentException("the receiver wants a password in a form that is not known here: " + method.group(1));
        }
        Matcher reason = REASON.matcher(description);
        if (!reason.find()) {
            return "?authmod=" + method.group(1) + "&user=" + user;
        }
        Map<String, String> asked = parameters(reason.group(1));
        if (answered || !asked.get("").equals("needauth")) {
            throw new IllegalArgumentException("the receiver does not accept this user and password" + (asked.get("").matches("[a-z_]+") ? " (" + asked.get("") + ")" : ""));
        }
        answered = true;
        return method.group(1).equals("adobe") ? adobe(asked) : limelight(asked.getOrDefault("nonce", ""));
    }

    /** The reason under the name "". */
    private static Map<String, String> parameters(String query) {
        Map<String, String> all = new LinkedHashMap<>();
        String[] pairs = query.split("&");
        all.put("", pairs[0]);
        for (int i = 1; i < pairs.length; i++) {
            int equals = pairs[i].indexOf('=');
            all.put(equals < 0 ? pairs[i] : pairs[i].substring(0, equals), equals < 0 ? "" : pairs[i].substring(equals + 1));
        }
        return all;
    }

    private String adobe(Map<String, String> asked) {
        String mine = nonces.get();
        String opaque = asked.get("opaque");
        String salted = base64(md5(user + asked.getOrDefault("salt", "") + password));
        String response = base64(md5(salted + (opaque == null ? asked.getOrDefault("challenge", "") : opaque) + mine));
        return "?authmod=adobe&user=" + user + "&challenge=" + mine + "&response=" + response + (opaque == null ? "" : "&opaque=" + opaque);
    }

    private String limelight(String nonce) {
        String mine = nonces.get();
        String place = app.indexOf('/') < 0 ? app + "/_definst_" : app;
        String response = hex(md5(hex(md5(user + ":" + REALM + ":" + password)) + ":" + nonce + ":" + COUNT + ":" + mine + ":auth:" + hex(md5("publish:/" + place))));
        return "?authmod=llnw&user=" + user + "&nonce=" + nonce + "&cnonce=" + mine + "&nc=" + COUNT + "&response=" + response;
    }

    private static byte[] md5(String text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
