package io.sluice.target.rtmp.internal;

import io.sluice.format.delivery.TimeOut;
import java.util.Locale;
import java.util.Map;

/**
 * The parameters of a push over RTMP.
 *
 * @param timeoutMillis for the connection, for each answer, and for a receiver that takes nothing
 * @param silence       sound is added where the stream has none
 * @param appSegments   of the path are the application, at least 1; {@link #ALL_BUT_LAST} for all but the last
 */
record Options(long timeoutMillis, boolean silence, int appSegments) {
    static final int ALL_BUT_LAST = Integer.MAX_VALUE;

    /** @throws IllegalArgumentException that names the parameter */
    static Options of(Map<String, String> parameters) {
        long timeout = TimeOut.DEFAULT_MILLIS;
        boolean silence = false;
        int segments = 1;
        for (Map.Entry<String, String> p : parameters.entrySet()) {
            String value = p.getValue().trim().toLowerCase(Locale.ROOT);
            switch (p.getKey().toLowerCase(Locale.ROOT)) {
                case "timeout" -> timeout = TimeOut.millis(value);
                case "audio" -> silence = silence(value);
                case "appsegments" -> segments = segments(value);
                default -> throw new IllegalArgumentException("RTMP has no parameter '" + p.getKey() + "'; timeout, audio=silent and appsegments are known");
            }
        }
        return new Options(timeout, silence, segments);
    }

    private static boolean silence(String value) {
        if (!value.equals("silent") && !value.equals("silence")) {
            throw new IllegalArgumentException("audio: RTMP adds silence only (audio=silent), no file of sound");
        }
        return true;
    }

    private static int segments(String value) {
        if (value.equals("last")) {
            return ALL_BUT_LAST;
        }
        if (value.matches("[1-9]")) {
            return Integer.parseInt(value);
        }
        throw new IllegalArgumentException("appsegments: wanted 1 to 9, or 'last' for all but the last");
    }
}
