package io.sluice.itests.sessions;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Who signs tokens: ES256 (RFC 7518, section 3.4) by the JDK, sharing no code with the server's library. */
final class Jwt {
    private final KeyPair keys;

    Jwt() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        keys = generator.generateKeyPair();
    }

    String pem() {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n";
    }

    /** Claims in JSON without the braces. */
    String sign(String claims) throws GeneralSecurityException {
        String content = encode("{\"alg\":\"ES256\"}") + "." + encode("{" + claims + "}");
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(keys.getPrivate());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    String watch(String subject, String stream) throws GeneralSecurityException {
        return sign("\"sub\":\"" + subject + "\",\"stream\":\"" + stream + "\",\"exp\":" + in(3600));
    }

    static long in(int seconds) {
        return System.currentTimeMillis() / 1000 + seconds;
    }

    static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
