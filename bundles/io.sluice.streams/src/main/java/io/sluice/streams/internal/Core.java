package io.sluice.streams.internal;

import io.netty.buffer.ByteBufAllocator;
import io.sluice.api.net.Loops;
import io.sluice.api.process.StreamProcess;
import io.sluice.api.source.StreamSource;
import io.sluice.api.stream.SegmentFormat;
import io.sluice.streams.internal.media.Clock;
import io.sluice.streams.internal.media.MemoryBudget;
import io.sluice.streams.internal.event.Events;
import io.sluice.streams.internal.event.Expander;
import io.sluice.streams.internal.visit.Ledger;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What every stream needs of the house.
 *
 * @param visits  all that is counted
 * @param viewers readers of all streams now
 * @param ids     numbers of publishers and readers
 * @param changed told the name of a stream of which something may have changed that others listen to
 */
record Core(Clock clock, ByteBufAllocator allocator, MemoryBudget budget, Loops loops, Supplier<Settings> settings, Elected<SegmentFormat> formats,
    Elected<StreamSource> sources, Elected<StreamProcess> processes, Ledger visits, Events events, Expander expander, AtomicInteger viewers, AtomicLong ids, Consumer<String> changed) {
    long nextId() {
        return ids.incrementAndGet();
    }
}
