package io.sluice.admin.health.internal;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * Memory outside the heap, where media and sockets' buffers are.
 *
 * @param usedBytes  what is taken from the system, in use or pooled
 * @param limitBytes that Netty keeps to: io.netty.maxDirectMemory, or else -XX:MaxDirectMemorySize, or else the largest heap
 */
record DirectMemory(long usedBytes, long limitBytes) {
    /** Netty's own count where it allocates past the JVM's, else the JVM's; the larger one, as each has its own limit of the same size. */
    static DirectMemory now() {
        long jvm = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().filter(p -> p.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
        return new DirectMemory(Math.max(jvm, PlatformDependent.usedDirectMemory()), PlatformDependent.maxDirectMemory());
    }

    long percent() {
        return limitBytes <= 0 ? 0 : Math.round(100.0 * usedBytes / limitBytes);
    }
}
