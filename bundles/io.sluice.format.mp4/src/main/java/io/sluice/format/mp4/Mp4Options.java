package io.sluice.format.mp4;

/**
 * When a fragment of a recording is whole. It ends before a key frame of the first video track once it has the shortest length, and at the longest length or size in any case;
 * what is not in a whole fragment is lost when the process dies.
 *
 * @param shortestNanos of media, 0 or more
 * @param longestNanos  of media, more than 0
 * @param mostBytes     of payloads, which are held in memory; one frame may go beyond
 */
public record Mp4Options(long shortestNanos, long longestNanos, int mostBytes) {
    /** Half a second to two seconds: pictures that are all key frames do not make a fragment each, and a crash costs two seconds. At 32 Mbit/s the size does not matter. */
    public static final Mp4Options DEFAULT = new Mp4Options(500_000_000L, 2_000_000_000L, 8 << 20);

    public Mp4Options {
        if (shortestNanos < 0 || longestNanos < 1 || mostBytes < 1) {
            throw new IllegalArgumentException("fragments: wanted lengths and a size above 0, found " + shortestNanos + " ns, " + longestNanos + " ns and " + mostBytes + " bytes");
        }
    }
}
