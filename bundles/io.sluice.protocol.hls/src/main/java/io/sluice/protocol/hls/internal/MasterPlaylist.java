package io.sluice.protocol.hls.internal;

import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.stream.Segment;
import io.sluice.format.codec.CodecString;
import java.util.List;
import java.util.stream.Collectors;

/** A master playlist with one variant, RFC 8216 section 4.3.4.2. */
final class MasterPlaylist {
    private MasterPlaylist() {
    }

    /**
     * @param listed at least one: their sizes are the bandwidth
     * @param links  the query that addresses carry, or ""
     */
    static String text(List<Track> tracks, List<Segment> listed, String links) {
        StringBuilder out = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-STREAM-INF:BANDWIDTH=").append(peak(listed));
        out.append(",AVERAGE-BANDWIDTH=").append(average(listed));
        String codecs = tracks.stream().map(CodecString::of).distinct().collect(Collectors.joining(","));
        out.append(",CODECS=\"").append(codecs).append('"');
        tracks.stream().filter(t -> t.kind() == MediaKind.VIDEO && t.width() > 0 && t.height() > 0).findFirst()
            .ifPresent(t -> out.append(",RESOLUTION=").append(t.width()).append('x').append(t.height()));
        return out.append('\n').append(SegmentPath.VARIANT).append("/index.m3u8").append(links.isEmpty() ? "" : "?" + links).append('\n').toString();
    }

    /** Of the segments that are at least half a target long: a shorter one says little (RFC 8216 section 4.3.4.2). */
    private static long peak(List<Segment> listed) {
        long half = SegmentPath.targetSeconds(listed) * 500_000_000L;
        long peak = listed.stream().filter(s -> s.durationNanos() >= half).mapToLong(s -> rate(bytes(s), s.durationNanos())).max().orElse(0);
        return Math.max(peak, average(listed));
    }

    private static long average(List<Segment> listed) {
        return rate(listed.stream().mapToLong(MasterPlaylist::bytes).sum(), listed.stream().mapToLong(Segment::durationNanos).sum());
    }

    private static long bytes(Segment s) {
        return s.data().readableBytes();
    }

    private static long rate(long bytes, long nanos) {
        return Math.max(1, (long) (bytes * 8e9 / Math.max(nanos, 1)));
    }
}
