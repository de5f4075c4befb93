package io.sluice.streams.internal;

import io.sluice.api.net.Loops;
import io.sluice.api.media.Tracks;
import io.sluice.api.stream.StreamInfo;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells who listens how streams change. What changes within {@value #TOGETHER_MILLIS} ms is told at once, each stream as it is then; one call after another, on a worker. From any thread. */
final class Changes {
    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
    private static final long TOGETHER_MILLIS = 25;

    private final Loops loops;
    private final Function<String, StreamInfo> look;
    private final InTurn turns;
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean due = new AtomicBoolean();
    private final List<Ear> ears = new CopyOnWriteArrayList<>();

    /** @param look how a stream is now */
    Changes(Loops loops, Function<String, StreamInfo> look) {
        this.loops = loops;
        this.look = look;
        turns = new InTurn(loops.workers());
    }

    /** What a listener was told last of a stream. */
    private record Told(StreamInfo.State state, long sinceMillis, Tracks tracks, int viewers) {
        private static Told of(StreamInfo i) {
            return new Told(i.state(), i.sinceMillis(), i.tracks(), i.viewers());
        }
    }

    private static final class Ear {
        private final Consumer<StreamInfo> listener;
        private final Map<String, Told> told = new HashMap<>(); // one at a time, in turn
        private volatile boolean closed;

        private Ear(Consumer<StreamInfo> listener) {
            this.listener = listener;
        }

        private void tell(StreamInfo now) {
            Told what = Told.of(now);
            boolean gone = now.state() == StreamInfo.State.OFFLINE;
            Told before = gone ? told.remove(now.name()) : told.put(now.name(), what);
            if (closed || gone && before == null || what.equals(before)) {
                return;
            }
            try {
                listener.accept(now);
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("{}: a listener to streams failed", now.name(), e);
            }
        }
    }

    /** Something about this stream may have changed. Cheap where nobody listens. */
    void of(String stream) {
        if (ears.isEmpty()) {
            return;
        }
        changed.add(stream);
        if (due.compareAndSet(false, true)) {
            try {
                loops.next().schedule(this::flush, TOGETHER_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("the loops have stopped; nobody is told any more");
            }
        }
    }

    private void flush() {
        due.set(false);
        turn(() -> {
            for (String name : changed) {
                changed.remove(name);
                StreamInfo now = look.apply(name);
                ears.forEach(e -> e.tell(now));
            }
        });
    }

    private void turn(Runnable task) {
        try {
            turns.execute(task);
        } catch (RejectedExecutionException e) {
            due.set(false);
            LOG.warn("the workers take nothing more; changes of streams are told later");
        }
    }

    /** @param there names of the streams that are there now */
    AutoCloseable listen(Consumer<StreamInfo> listener, Collection<String> there) {
        Ear ear = new Ear(listener);
        ears.add(ear);
        turn(() -> there.forEach(name -> ear.tell(look.apply(name))));
        return () -> {
            ear.closed = true;
            ears.remove(ear);
        };
    }
}
