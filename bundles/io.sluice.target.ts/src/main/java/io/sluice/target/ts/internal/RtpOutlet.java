package io.sluice.target.ts.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Datagrams with an RTP header (RFC 3550, section 5.1); MPEG-TS is payload type 33 (RFC 3551), and the time is that of sending, 90 kHz (RFC 2250, section 2).
 *
 * <pre>
 *  |V=2|P|X|CC=0|M|PT 33| sequence 16 | timestamp 32 | SSRC 32 |
 * </pre>
 */
final class RtpOutlet implements Outlet {
    static final int HEAD_BYTES = 12;
    private static final int VERSION = 0x80;
    private static final int MPEG_TS = 33;
    private static final int TICKS_PER_MILLI = 90;

    private final DatagramChannel channel;
    private final InetSocketAddress to;
    private final ProMpegFec fec;
    private final int source;
    private final int timeOffset;
    private int sequence;

    /**
     * @param channel non-blocking; closed here
     * @param fec     makes packets to repair others by, or null
     * @param random  for where numbers and times begin
     */
    RtpOutlet(DatagramChannel channel, InetSocketAddress to, ProMpegFec fec, RandomGenerator random) {
        this.channel = channel;
        this.to = to;
        this.fec = fec;
        this.source = random.nextInt();
        this.timeOffset = random.nextInt();
        this.sequence = random.nextInt(1 << 16);
    }

    @Override
    public int headBytes() {
        return HEAD_BYTES;
    }

    @Override
    public boolean send(ByteBuffer datagram) throws IOException {
        int at = datagram.position();
        int time = timeOffset + (int) (TimeUnit.NANOSECONDS.toMicros(System.nanoTime()) * TICKS_PER_MILLI / 1000);
        datagram.put(at, (byte) VERSION).put(at + 1, (byte) MPEG_TS).putShort(at + 2, (short) sequence).putInt(at + 4, time).putInt(at + 8, source);
        ByteBuffer sent = datagram.duplicate();
        if (channel.send(datagram, to) == 0) {
            return false;
        }
        sequence = sequence + 1 & 0xFFFF;
        if (fec != null) {
            fec.sent(sent, this::repair);
        }
        return true;
    }

    /** One that the kernel has no room for is lost, as any may be. */
    private void repair(int portOffset, ByteBuffer packet) throws IOException {
        channel.send(packet, new InetSocketAddress(to.getAddress(), to.getPort() + portOffset));
    }

    @Override
    public void close() throws IOException {
        if (fec != null) {
            fec.finish(this::repair);
        }
        channel.close();
    }
}
