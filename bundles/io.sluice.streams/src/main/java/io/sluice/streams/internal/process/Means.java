package io.sluice.streams.internal.process;

import io.netty.buffer.ByteBufAllocator;
import io.sluice.api.process.StreamProcess;
import io.sluice.streams.internal.Elected;
import io.sluice.streams.internal.media.Clock;
import io.sluice.streams.internal.media.MemoryBudget;
import io.sluice.streams.internal.segment.Segmentations;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What views need of the house and of their stream.
 *
 * @param window   media of the ring, nanoseconds
 * @param bytes    of the ring
 * @param segments forms that take frames from rings of views
 */
public record Means(String stream, Clock clock, ByteBufAllocator allocator, MemoryBudget budget, Executor home, Executor workers, Elected<StreamProcess> processes,
                    LongSupplier window, LongSupplier bytes, Segmentations segments) {
    private static final Logger LOG = LoggerFactory.getLogger(Means.class);

    long windowNanos() {
        return window.getAsLong();
    }

    long maxBytes() {
        return bytes.getAsLong();
    }

    /** @return null where its plugin has just gone */
    Conversion convert(Plan.Step step, Conversion.Output output) {
        Elected.Use<StreamProcess> use = processes.use(step.process());
        return use == null ? null : new Conversion(stream, step, use, home, workers, allocator, output);
    }

    /** Its plugin is still the one that is elected. */
    boolean isElected(Conversion conversion) {
        return conversion.isOf(processes.get(conversion.step().process()));
    }

    void unheard(Plan.Step step) {
        LOG.info("{}: {} is not heard by some viewers: no plugin makes it what their players can play", stream, step.input());
    }
}
