package io.sluice.target.exec.internal;

import io.sluice.api.push.PushAddress;
import io.sluice.format.container.ContainerFormat;
import io.sluice.format.delivery.TimeOut;
import java.util.List;
import java.util.Map;

/**
 * What a push runs.
 *
 * @param words         the program and its arguments, expanded
 * @param format        of the media
 * @param timeoutMillis for a command that takes nothing, and for its end after the media's
 */
record Command(List<String> words, ContainerFormat format, long timeoutMillis) {
    private static final String TIMEOUT = "timeout";

    Command {
        words = List.copyOf(words);
    }

    /** @throws IllegalArgumentException that names the parameter */
    static long timeout(PushAddress address) {
        long timeout = TimeOut.DEFAULT_MILLIS;
        for (Map.Entry<String, String> p : address.parameters().entrySet()) {
            if (!p.getKey().equalsIgnoreCase(TIMEOUT)) {
                throw new IllegalArgumentException("a command has no parameter '" + p.getKey() + "'; timeout is known");
            }
            timeout = TimeOut.millis(p.getValue());
        }
        return timeout;
    }

    /** The program, for sentences. */
    String program() {
        return "'" + words.get(0) + "'";
    }
}
