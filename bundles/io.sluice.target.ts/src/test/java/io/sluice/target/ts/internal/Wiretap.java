package io.sluice.target.ts.internal;

import io.sluice.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Takes what comes to three ports, of media and of what repairs it, and plays it back to somebody else later. */
final class Wiretap implements AutoCloseable {
    private static final int[] OFFSETS = {0, 2, 4};
    private static final int KERNEL_BYTES = 8 << 20;

    /** @param nanos when it was taken */
    record Packet(int portOffset, byte[] bytes, long nanos) {
        int number() {
            return ByteBuffer.wrap(bytes).getShort(2) & 0xFFFF;
        }

        int time() {
            return ByteBuffer.wrap(bytes).getInt(4);
        }

        int source() {
            return ByteBuffer.wrap(bytes).getInt(8);
        }
    }

    private final List<DatagramChannel> channels = new ArrayList<>();
    private final List<List<Packet>> taken = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    private final List<Thread> threads = new ArrayList<>();
    private final int port = freePort();

    Wiretap() throws IOException {
        for (int i = 0; i < OFFSETS.length; i++) {
            DatagramChannel channel = bound(port + OFFSETS[i]);
            channel.setOption(java.net.StandardSocketOptions.SO_RCVBUF, KERNEL_BYTES);
            channels.add(channel);
            int which = i;
            Thread thread = new Thread(() -> take(which, channel), "wiretap");
            thread.start();
            threads.add(thread);
        }
    }

    private static DatagramChannel bound(int port) throws IOException {
        return DatagramChannel.open(java.net.StandardProtocolFamily.INET).bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private void take(int which, DatagramChannel channel) {
        try {
            ByteBuffer into = ByteBuffer.allocate(1 << 16);
            while (true) {
                channel.receive(into.clear());
                byte[] bytes = new byte[into.flip().remaining()];
                into.get(bytes);
                if (bytes.length == 0) {
                    return;
                }
                taken.get(which).add(new Packet(OFFSETS[which], bytes, System.nanoTime()));
            }
        } catch (IOException e) {
            // closed
        }
    }

    int port() {
        return port;
    }

    /** All that came: what was sent to a port before this call is read by the time an empty datagram behind it has come. */
    List<Packet> packets() throws IOException {
        try (DatagramChannel end = DatagramChannel.open()) {
            for (int offset : OFFSETS) {
                end.send(ByteBuffer.allocate(0), new InetSocketAddress(InetAddress.getLoopbackAddress(), port + offset));
            }
        }
        Await.until("all is read", Duration.ofSeconds(20), () -> threads.stream().noneMatch(Thread::isAlive));
        List<Packet> all = new ArrayList<>();
        taken.forEach(all::addAll);
        all.sort(Comparator.comparingLong(Packet::nanos));
        return all;
    }

    /** As far apart as they were. */
    static void replay(List<Packet> packets, int port) throws IOException {
        long begin = System.nanoTime() - packets.get(0).nanos();
        try (DatagramChannel channel = DatagramChannel.open()) {
            for (Packet p : packets) {
                for (long wait = begin + p.nanos() - System.nanoTime(); wait > 0; wait = begin + p.nanos() - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                channel.send(ByteBuffer.wrap(p.bytes()), new InetSocketAddress(InetAddress.getLoopbackAddress(), port + p.portOffset()));
            }
        }
    }

    /** Whose neighbours by two and four are free, too. */
    static int freePort() throws IOException {
        while (true) {
            try (DatagramChannel first = bound(0)) {
                int port = ((InetSocketAddress) first.getLocalAddress()).getPort();
                if (port % 2 == 0 && port < 65000) {
                    bound(port + OFFSETS[1]).close();
                    bound(port + OFFSETS[2]).close();
                    return port;
                }
            } catch (SocketException e) {
                // somebody has one of them: another three
            }
        }
    }

    static void awaitBound(int port) {
        String suffix = String.format(":%04X", port);
        Await.until("somebody takes datagrams at " + port, Duration.ofSeconds(20), () -> Files.readAllLines(Path.of("/proc/net/udp")).stream().map(l -> l.strip().split("\\s+"))
            .anyMatch(w -> w.length > 1 && w[1].endsWith(suffix)));
    }

    @Override
    public void close() throws IOException {
        for (DatagramChannel channel : channels) {
            channel.close();
        }
    }
}
