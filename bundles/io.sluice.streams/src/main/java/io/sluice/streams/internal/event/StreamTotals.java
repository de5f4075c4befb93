package io.sluice.streams.internal.event;

import io.sluice.streams.internal.visit.Share;
import java.util.HashMap;
import java.util.Map;

/** What a stream's visits came to, for its end. Viewers are sessions: one whose player has two connections, or comes back with another, is one viewer. From any thread. */
public final class StreamTotals {
    /** Some 100 bytes each. Beyond them those who left are added up, and whoever comes back is another viewer. */
    private static final int MOST_VIEWERS = 100_000;
    /** As the engine of sessions has it unless configured. */
    private static final long GONE_MILLIS = 15_000;

    private final int most;
    private final Map<String, Presence> present = new HashMap<>();
    private long in;
    private long out;
    private long viewers;
    private long inputs;
    private long outputs;
    private long viewerMillis;

    /** When a session was there; time that several connections share counts once. */
    private static final class Presence {
        private long from;
        private long until;
        private long millis;

        Presence(Share first) {
            from = first.fromMillis();
            until = first.untilMillis();
            millis = until - from;
        }

        void add(Share more) {
            millis += Math.max(0, Math.min(from, more.untilMillis()) - more.fromMillis()) + Math.max(0, more.untilMillis() - Math.max(until, more.fromMillis()));
            from = Math.min(from, more.fromMillis());
            until = Math.max(until, more.untilMillis());
        }
    }

    public StreamTotals() {
        this(MOST_VIEWERS);
    }

    StreamTotals(int most) {
        this.most = most;
    }

    /** Of a visit that was let in and is over, or whose stream is. */
    public synchronized void add(Share share) {
        in += share.bytesIn();
        out += share.bytesOut();
        switch (share.kind()) {
            case VIEWER -> viewer(share);
            case INPUT -> inputs++;
            case OUTPUT -> outputs++;
            default -> {
                // a page is no viewer
            }
        }
    }

    private void viewer(Share share) {
        if (share.session().isEmpty()) {
            settle(new Presence(share));
            return;
        }
        Presence there = present.putIfAbsent(share.session(), new Presence(share));
        if (there != null) {
            there.add(share);
        } else if (present.size() > most) {
            forget(share.untilMillis() - GONE_MILLIS);
        }
    }

    private void settle(Presence one) {
        viewers++;
        viewerMillis += one.millis;
    }

    /** Those who have left, or everybody where nobody has. */
    private void forget(long beforeMillis) {
        boolean some = present.values().stream().anyMatch(p -> p.until < beforeMillis);
        present.values().removeIf(p -> {
            boolean gone = !some || p.until < beforeMillis;
            if (gone) {
                settle(p);
            }
            return gone;
        });
    }

    synchronized long bytesIn() {
        return in;
    }

    synchronized long bytesOut() {
        return out;
    }

    synchronized long viewers() {
        return viewers + present.size();
    }

    synchronized long inputs() {
        return inputs;
    }

    synchronized long outputs() {
        return outputs;
    }

    synchronized long viewerSeconds() {
        return (viewerMillis + present.values().stream().mapToLong(p -> p.millis).sum()) / 1000;
    }
}
