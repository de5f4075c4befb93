package io.sluice.streams.internal;

import io.sluice.api.stream.Denied;
import io.sluice.api.stream.StreamInfo;
import io.sluice.streams.internal.feed.FrameCursor;
import io.sluice.streams.internal.feed.FrameStart;
import io.sluice.streams.internal.gate.Catalogue;
import io.sluice.streams.internal.output.StreamDoor;
import io.sluice.streams.internal.visit.CountedVisit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** How pushes get to streams: as viewers do, but for keys, fallbacks and limits of viewers. From any thread. */
final class OutputDoor implements StreamDoor {
    private final Registry registry;
    private final Supplier<Catalogue> catalogue;

    OutputDoor(Registry registry, Supplier<Catalogue> catalogue) {
        this.registry = registry;
        this.catalogue = catalogue;
    }

    @Override
    public void enter(String name, Consumer<Entered> yes, Consumer<Denied> no) {
        LiveStream stream;
        try {
            stream = find(name);
        } catch (Denied denied) {
            no.accept(denied);
            return;
        }
        stream.admit(Guest.PUSH, () -> yes.accept(new In(stream)), no, () -> enter(name, yes, no));
    }

    private LiveStream find(String name) {
        LiveStream running = registry.get(name);
        if (running != null) {
            return running;
        }
        StreamConfig config = catalogue.get().find(name);
        if (config == null) {
            throw new Denied(Denied.Reason.UNKNOWN, "no stream is configured by the name " + name);
        }
        if (!config.isPull()) {
            throw new Denied(Denied.Reason.OFFLINE, "no such stream yet: nobody publishes " + name);
        }
        return registry.open(name, config);
    }

    @Override
    public String source(String name) {
        StreamConfig config = catalogue.get().find(name);
        return config == null || !config.isPull() ? "" : config.sourceShown();
    }

    private record In(LiveStream stream) implements Entered {
        @Override
        public StreamInfo info() {
            return stream.info();
        }

        @Override
        public long bufferMillis() {
            return stream.config().bufferMillis();
        }

        @Override
        public LongAdder skipped() {
            return stream.skipped();
        }

        @Override
        public void join(FrameCursor cursor, FrameStart start) {
            stream.media().join(cursor, start);
        }

        @Override
        public void leave(CountedVisit visit) {
            stream.left(Guest.PUSH);
            stream.gone(visit);
        }
    }
}
