package io.sluice.streams.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Track;
import io.sluice.api.net.Handle;
import io.sluice.api.stream.Publisher;
import java.util.List;
import java.util.function.Consumer;

/** The publisher as one version of a plugin holds it; void from the first use of a later one. */
final class PublisherLease implements Publisher {
    /** Later leases of one ingest have higher numbers. */
    final long number;
    private final Ingest ingest;

    PublisherLease(Ingest ingest, long number) {
        this.ingest = ingest;
        this.number = number;
    }

    @Override
    public String stream() {
        return ingest.stream.name();
    }

    @Override
    public void tracks(List<Track> tracks) {
        if (ingest.held(this)) {
            ingest.stream.tracks(tracks);
        }
    }

    @Override
    public void write(int trackId, long ptsNanos, long dtsNanos, boolean key, ByteBuf payload) {
        if (ingest.held(this)) {
            ingest.stream.write(trackId, ptsNanos, dtsNanos, key, payload);
        }
    }

    @Override
    public void onEnd(Consumer<String> reason) {
        if (ingest.held(this)) {
            ingest.onEnd(reason);
        }
    }

    @Override
    public Handle handle() {
        return new Handle(ingest.id);
    }

    @Override
    public void close() {
        if (ingest.held(this)) {
            ingest.onEnd(null); // who closes knows
            ingest.release();
            ingest.stream.leave(ingest, "the publisher " + ingest.label + " ended");
        }
    }
}
