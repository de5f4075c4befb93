package io.sluice.format.sdp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Offers as browsers made them. */
final class Offers {
    private Offers() {
    }

    static String text(String name) {
        try (InputStream in = Offers.class.getResourceAsStream("/offers/" + name + ".sdp")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Offer offer(String name) {
        return Offer.parse(text(name));
    }
}
