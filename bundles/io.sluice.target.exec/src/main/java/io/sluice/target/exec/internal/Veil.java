package io.sluice.target.exec.internal;

import java.util.regex.Pattern;

/** What a command prints, for pages and logs: of addresses the scheme and the host alone, as keys and passwords stand in the rest. */
final class Veil {
    private static final Pattern ADDRESS = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)(?:[^/\\s@]*@)?([^/?\\s'\"]*)[^\\s'\"]*");

    private Veil() {
    }

    static String over(String line) {
        return line.contains("://") ? ADDRESS.matcher(line).replaceAll("$1$2/…") : line;
    }
}
