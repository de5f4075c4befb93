package io.sluice.sessions.internal.key;

import io.sluice.api.session.Identity;
import java.util.Collection;

/** What an answer of a strategy may be: an event carries it, a header and an address may have to. */
final class Bounds {
    /** One for each field that could be configured, many times over. */
    private static final int VALUES = 64;
    /** A key may be made of a whole JWT (16 KiB) and the rest of a request's head (8 KiB). */
    private static final int KEY_CHARS = 32 << 10;
    private static final int TOKEN_CHARS = 4 << 10;
    /** Browsers keep cookies of up to 4 KiB; addresses beyond 2 KiB are refused by the core. */
    private static final int WRITTEN_CHARS = 4 << 10;

    private Bounds() {
    }

    /** @throws IllegalArgumentException saying what is too large or not allowed */
    static Identity check(Identity identity) {
        if (identity == null) {
            throw new IllegalArgumentException("it answered null");
        }
        within("values in the key", identity.key().size(), VALUES);
        within("characters in the key", chars(identity.key()), KEY_CHARS);
        within("characters in the token", identity.token().length(), TOKEN_CHARS);
        within("parameters and cookies", identity.parameters().size() + identity.cookies().size(), VALUES);
        within("characters in cookies", chars(identity.cookies()), WRITTEN_CHARS);
        within("characters in parameters", chars(identity.parameters().keySet()) + chars(identity.parameters().values()), WRITTEN_CHARS);
        if (identity.cookies().stream().anyMatch(Bounds::control)) {
            throw new IllegalArgumentException("a cookie has control characters");
        }
        return identity;
    }

    /** A line break or the like, which must not get into logs, headers and the lines of an event. */
    static boolean control(String text) {
        return text.chars().anyMatch(c -> c < ' ' || c == 0x7f);
    }

    private static int chars(Collection<String> texts) {
        return texts.stream().mapToInt(String::length).sum();
    }

    private static void within(String what, int is, int most) {
        if (is > most) {
            throw new IllegalArgumentException(is + " " + what + ", at most " + most);
        }
    }
}
