package io.sluice.testkit.hls;

import io.sluice.testkit.hls.MediaPlaylist.Entry;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must hold from one load of a media playlist to the next (RFC 8216, 4.3.3 and 6.2.2). One thread. */
final class PlaylistRules {
    /** Wall clock and media durations are rounded to milliseconds independently. */
    private static final long ROUNDING_MILLIS = 2;

    private final List<String> faults = new ArrayList<>();
    private final Map<Long, Entry> known = new HashMap<>();
    private MediaPlaylist before;

    /** Judges a load and answers the entries that were not listed before. */
    List<Entry> load(MediaPlaylist now) {
        if (before != null) {
            compare(now);
        }
        List<Entry> fresh = now.entries().stream().filter(e -> !known.containsKey(e.sequence())).toList();
        now.entries().forEach(e -> entry(e, now));
        gap(fresh);
        fresh.forEach(e -> known.put(e.sequence(), e));
        before = now;
        return fresh;
    }

    private void compare(MediaPlaylist now) {
        if (now.targetSeconds() != before.targetSeconds()) {
            faults.add("EXT-X-TARGETDURATION changed from " + before.targetSeconds() + " to " + now.targetSeconds());
        }
        if (now.sequence() < before.sequence()) {
            faults.add("EXT-X-MEDIA-SEQUENCE fell from " + before.sequence() + " to " + now.sequence());
        }
        if (last(now) < last(before)) {
            faults.add("segments up to " + last(before) + " were listed, now only up to " + last(now));
        }
        long removed = before.entries().stream().filter(e -> e.sequence() < now.sequence() && e.discontinuity()).count();
        if (now.sequence() <= last(before) + 1 && now.discontinuitySequence() != before.discontinuitySequence() + removed) {
            faults.add("EXT-X-DISCONTINUITY-SEQUENCE is " + now.discontinuitySequence() + " after " + before.discontinuitySequence() + ", though " + removed
                + " discontinuities left the list");
        }
    }

    private static long last(MediaPlaylist list) {
        return list.sequence() + list.entries().size() - 1;
    }

    private void entry(Entry entry, MediaPlaylist list) {
        URI uri = known.containsKey(entry.sequence()) ? known.get(entry.sequence()).uri() : entry.uri();
        if (!uri.equals(entry.uri())) {
            faults.add("segment " + entry.sequence() + " was " + uri + " and is now " + entry.uri());
        }
        if (entry.seconds() < 0) {
            faults.add("segment " + entry.sequence() + " has no EXTINF");
        } else if (Math.round(entry.seconds()) > list.targetSeconds()) {
            faults.add("segment " + entry.sequence() + " of " + entry.seconds() + " s is longer than the target duration " + list.targetSeconds());
        }
    }

    private void gap(List<Entry> fresh) {
        for (Entry entry : fresh) {
            Entry previous = fresh.indexOf(entry) > 0 ? fresh.get(fresh.indexOf(entry) - 1) : known.get(entry.sequence() - 1);
            if (previous == null) {
                if (!known.isEmpty()) {
                    faults.add("segment " + (entry.sequence() - 1) + " was never listed between two loads");
                }
            } else if (previous.wall() != null && entry.wall() != null && entry.wall().isBefore(earliest(previous, entry))) {
                faults.add("EXT-X-PROGRAM-DATE-TIME goes from " + previous.wall() + " to " + entry.wall() + " at segment " + entry.sequence());
            }
        }
    }

    /** Within a timeline the wall clock must at least not go back; EXTINF is media time and may differ from arrival. */
    private static Instant earliest(Entry previous, Entry entry) {
        return previous.wall().minusMillis(entry.discontinuity() ? Long.MAX_VALUE / 1_000_000 : ROUNDING_MILLIS);
    }

    List<String> faults() {
        return List.copyOf(faults);
    }
}
