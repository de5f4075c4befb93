package io.sluice.format.matroska;

/**
 * When a cluster of a recording is whole. It ends before a key frame of the first video track once it has the shortest length, and at the longest length or size in any case; what is
 * not in a whole cluster is lost when the process dies.
 *
 * @param shortestMillis of media, 0 or more
 * @param longestMillis  of media, up to {@value #LIMIT_MILLIS}: blocks count from their cluster's time with 16 bits, and pictures come in another order than they are shown
 * @param mostBytes      of payloads, which are held in memory; up to 64 MiB; one frame may go beyond
 */
public record MatroskaOptions(int shortestMillis, int longestMillis, int mostBytes) {
    /** Five seconds is what RFC 9559 section 25.1 advises at most. */
    public static final int LIMIT_MILLIS = 5_000;
    /** A quarter of what the size of a cluster can say: the rest is for the frame that goes beyond. */
    private static final int LIMIT_BYTES = 64 << 20;
    /** Half a second to two seconds, as for MP4: a crash costs two seconds. */
    public static final MatroskaOptions DEFAULT = new MatroskaOptions(500, 2_000, 8 << 20);

    public MatroskaOptions {
        if (shortestMillis < 0 || longestMillis < 1 || longestMillis > LIMIT_MILLIS || mostBytes < 1 || mostBytes > LIMIT_BYTES) {
            throw new IllegalArgumentException("clusters: wanted lengths of up to " + LIMIT_MILLIS + " ms and a size of up to " + LIMIT_BYTES + " bytes, found " + shortestMillis + " ms, " + longestMillis
                + " ms and " + mostBytes + " bytes");
        }
    }
}
