package io.sluice.streams.internal.event;

import io.sluice.api.session.Visit;
import java.util.concurrent.atomic.LongAdder;

/** What a stream's visits came to, for its end. From any thread. */
public final class StreamTotals {
    private final LongAdder in = new LongAdder();
    private final LongAdder out = new LongAdder();
    private final LongAdder viewers = new LongAdder();
    private final LongAdder inputs = new LongAdder();
    private final LongAdder outputs = new LongAdder();
    private final LongAdder viewerMillis = new LongAdder();

    /** A visit that is over, or whose stream is. @param nowMillis Unix epoch */
    public void add(Visit visit, long nowMillis) {
        if (!visit.admitted()) {
            return;
        }
        in.add(visit.bytesIn());
        out.add(visit.bytesOut());
        switch (visit.facts().kind()) {
            case VIEWER -> {
                viewers.increment();
                viewerMillis.add((visit.endedMillis() == 0 ? nowMillis : visit.endedMillis()) - visit.sinceMillis());
            }
            case INPUT -> inputs.increment();
            case OUTPUT -> outputs.increment();
            default -> {
                // a page is no viewer
            }
        }
    }

    long bytesIn() {
        return in.sum();
    }

    long bytesOut() {
        return out.sum();
    }

    long viewers() {
        return viewers.sum();
    }

    long inputs() {
        return inputs.sum();
    }

    long outputs() {
        return outputs.sum();
    }

    long viewerSeconds() {
        return viewerMillis.sum() / 1000;
    }
}
