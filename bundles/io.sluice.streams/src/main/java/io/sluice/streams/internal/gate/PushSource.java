package io.sluice.streams.internal.gate;

import java.util.Arrays;
import java.util.List;

/**
 * {@code push://[allowed][@password]}: a stream that others publish to.
 *
 * @param allowed  addresses that may publish without any key; several are set apart by commas; empty for anybody who has the key
 * @param password that lets anybody in, or ""
 */
public record PushSource(List<AddressRule> allowed, String password) {
    public static final String SCHEME = "push://";

    public static boolean is(String source) {
        return source.startsWith(SCHEME);
    }

    /** @throws IllegalArgumentException saying what is wrong with it */
    public static PushSource parse(String source) {
        String rest = source.substring(SCHEME.length());
        int at = rest.indexOf('@');
        String allowed = at < 0 ? rest : rest.substring(0, at);
        return new PushSource(Arrays.stream(allowed.split(",")).map(String::trim).filter(a -> !a.isEmpty()).map(AddressRule::parse).toList(),
            at < 0 ? "" : rest.substring(at + 1));
    }

    /** Never prints the password. */
    @Override
    public String toString() {
        return SCHEME + allowed + (password.isEmpty() ? "" : "@***");
    }
}
