package io.sluice.protocol.hls.internal;

import io.sluice.api.stream.Segment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The newest media playlist of each stream: made once for all who ask before the next segment. From any thread. */
final class MadePlaylists {
    /** Some 2 KB each; streams that have ended leave theirs behind until there are so many. */
    private static final int MOST = 1000;

    private final Map<String, Made> byStream = new ConcurrentHashMap<>();

    private record Made(List<Segment> listed, long discontinuities, boolean ended, byte[] text) {
        /** The core lists the same segments in the same object. */
        boolean is(List<Segment> now, long discontinuitiesNow, boolean endedNow) {
            return listed == now && discontinuities == discontinuitiesNow && ended == endedNow;
        }
    }

    /** The array is shared and not to be changed. @param links that this viewer's addresses carry: with any, it is written for this viewer alone */
    byte[] text(String stream, List<Segment> listed, long discontinuities, boolean ended, String links) {
        if (!links.isEmpty()) {
            return MediaPlaylist.text(listed, discontinuities, ended, links).getBytes(StandardCharsets.UTF_8);
        }
        Made made = byStream.get(stream);
        if (made == null || !made.is(listed, discontinuities, ended)) {
            made = new Made(listed, discontinuities, ended, MediaPlaylist.text(listed, discontinuities, ended, "").getBytes(StandardCharsets.UTF_8));
            if (byStream.size() >= MOST) {
                byStream.clear();
            }
            byStream.put(stream, made);
        }
        return made.text();
    }
}
