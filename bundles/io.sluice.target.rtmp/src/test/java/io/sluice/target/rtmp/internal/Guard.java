package io.sluice.target.rtmp.internal;

import io.sluice.format.rtmp.Command;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A server that lets joe publish with the password "s3cret", asked for as Adobe's or Limelight's servers do. ffmpeg knows both, so it can tell whether this one is right. Each question
 * has words of its own, and what was answered to an earlier one does not count.
 */
final class Guard implements Function<Command, Object[]> {
    private final String method;
    private final AtomicInteger questions = new AtomicInteger();
    private String word = "";

    /** @param method "adobe" or "llnw" */
    Guard(String method) {
        this.method = method;
    }

    @Override
    public Object[] apply(Command command) {
        if (!command.name().equals("connect")) {
            return null;
        }
        String app = command.object().get("app") instanceof String s ? s : "";
        Map<String, String> said = query(app);
        if (!method.equals(said.get("authmod"))) {
            return refusal("code=403 need auth; authmod=" + method + " ] : ");
        }
        if (!said.containsKey("response")) {
            word = "w0rd" + questions.incrementAndGet();
            String question = "authmod=" + method + " ] : ?reason=needauth&user=" + said.get("user");
            return refusal(question + (method.equals("adobe") ? "&salt=s4lt&challenge=" + word + "&opaque=" + word + "==" : "&nonce=" + word));
        }
        String right = method.equals("adobe") ? adobe(said) : limelight(said, app.substring(0, app.indexOf('?')));
        return said.get("user").equals("joe") && right.equals(said.get("response")) ? null : refusal("authmod=" + method + " ] : ?reason=authfailed&opaque=" + word);
    }

    int questions() {
        return questions.get();
    }

    private static Object[] refusal(String rest) {
        return new Object[] {"_error", 1, null, Map.of("level", "error", "code", "NetConnection.Connect.Rejected", "description", "[ AccessManager.Reject ] : [ " + rest)};
    }

    private static Map<String, String> query(String app) {
        Map<String, String> all = new LinkedHashMap<>();
        int query = app.indexOf('?');
        for (String pair : query < 0 ? new String[0] : app.substring(query + 1).split("&")) {
            all.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return all;
    }

    private String adobe(Map<String, String> said) {
        String first = Base64.getEncoder().encodeToString(md5("joes4lts3cret"));
        return Base64.getEncoder().encodeToString(md5(first + word + "==" + said.get("challenge")));
    }

    /** RFC 2617, section 3.2.2. */
    private String limelight(Map<String, String> said, String app) {
        String uri = "/" + app + (app.contains("/") ? "" : "/_definst_");
        String a1 = HexFormat.of().formatHex(md5("joe:live:s3cret"));
        String a2 = HexFormat.of().formatHex(md5("publish:" + uri));
        return HexFormat.of().formatHex(md5(String.join(":", a1, word, said.get("nc"), said.get("cnonce"), "auth", a2)));
    }

    private static byte[] md5(String text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
