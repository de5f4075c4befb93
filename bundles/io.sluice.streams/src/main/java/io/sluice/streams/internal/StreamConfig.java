package io.sluice.streams.internal;

import io.sluice.streams.internal.gate.PushSource;
import io.sluice.streams.internal.gate.StreamName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One stream's configuration, or that of all names that a pattern matches; see {@link StreamConfiguration.Config} for each value. */
public record StreamConfig(String name, String source, boolean alwaysOn, String fallback, long bufferMillis, long bufferBytes, long graceMillis,
    boolean resume, long cutMillis, long segmentMillis, int segmentCount, int maxViewers, long mergeMillis, List<String> publishKeys) {

    static StreamConfig of(StreamConfiguration.Config c) {
        return new StreamConfig(pattern(c.name()), c.source().isBlank() ? PushSource.SCHEME : c.source().trim(), c.alwaysOn(), c.fallback().trim(),
            Math.max(1000, c.bufferMillis()), Math.max(1, c.bufferMegabytes()) << 20, Math.max(0, c.graceMillis()), c.resume(), Math.max(0, c.cutMillis()),
            Math.max(100, c.segmentMillis()), Math.max(2, c.segmentCount()), Math.max(0, c.maxViewers()), Math.max(0, c.mergeMillis()),
            Arrays.stream(c.publishKeys()).filter(k -> !k.isBlank()).toList());
    }

    private static String pattern(String written) {
        return written.contains("*") ? written.trim().toLowerCase(Locale.ROOT) : StreamName.clean(written.trim());
    }

    boolean isPull() {
        return !PushSource.is(source);
    }

    public boolean isPattern() {
        return name.contains("*");
    }

    /** The source without what may be secret in it: user information, and a push source's password. */
    public String sourceShown() {
        String noQuery = source.replaceFirst("\\?.*", "");
        return PushSource.is(source) ? PushSource.SCHEME : noQuery.replaceFirst("//[^/@]*@", "//");
    }

    /** Without secrets. */
    String json() {
        return "{\"name\":" + quoted(name) + ",\"source\":" + quoted(sourceShown()) + ",\"always_on\":" + alwaysOn + ",\"fallback_stream\":" + quoted(fallback) + ",\"DVR\":" + bufferMillis
            + ",\"cut\":" + cutMillis + ",\"resume\":" + (resume ? 1 : 0) + ",\"segmentsize\":" + segmentMillis + "}";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + '"';
    }

    /** Never prints a key. */
    @Override
    public String toString() {
        return name + " from " + sourceShown();
    }
}
