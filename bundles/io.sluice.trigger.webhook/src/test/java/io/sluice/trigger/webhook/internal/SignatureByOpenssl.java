package io.sluice.trigger.webhook.internal;

import java.nio.charset.StandardCharsets;

/** The signature as somebody checks it who does not have our code. */
final class SignatureByOpenssl {
    private SignatureByOpenssl() {
    }

    static String of(String secret, String text) throws Exception {
        Process openssl = new ProcessBuilder("openssl", "dgst", "-sha256", "-hmac", secret).start();
        try (var in = openssl.getOutputStream()) {
            in.write(text.getBytes(StandardCharsets.UTF_8));
        }
        String printed = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return "sha256=" + printed.substring(printed.lastIndexOf(' ') + 1);
    }
}
