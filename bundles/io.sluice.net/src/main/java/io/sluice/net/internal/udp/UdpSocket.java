package io.sluice.net.internal.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/** One socket of a port, on one event loop. It is written to by the associations of that loop and flushed once for each event. */
final class UdpSocket extends ChannelInboundHandlerAdapter {
    /** The kernel's UDP_MAX_SEGMENTS is 64 in its older versions; the whole must fit a datagram's length field. */
    private static final int MAX_SEGMENTS = 64;
    private static final int MAX_BYTES = 65_000;

    private final UdpPort port;
    private final boolean segmentation;
    private Channel channel;
    private boolean flushQueued;

    /** @param segmentation the kernel cuts a buffer into datagrams */
    UdpSocket(UdpPort port, boolean segmentation) {
        this.port = port;
        this.segmentation = segmentation;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    Channel channel() {
        return channel;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket packet = (DatagramPacket) message;
        if (packet.content().isReadable()) {
            port.associations().arrived(packet.content(), packet.sender(), port, channel.eventLoop());
        } else {
            packet.release();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            port.associations().writable(channel);
        }
    }

    /** A peer's port that is closed, mostly: an ICMP answer, which says nothing of the others. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable e) {
        port.failed(e);
    }

    void write(ByteBuf datagram, InetSocketAddress to) {
        channel.write(new DatagramPacket(datagram, to), channel.voidPromise());
        flushLater();
    }

    /** @param segmentBytes of each datagram but the last */
    void write(ByteBuf datagrams, int segmentBytes, InetSocketAddress to) {
        int most = segmentation ? Math.min(MAX_SEGMENTS, MAX_BYTES / segmentBytes) * segmentBytes : segmentBytes;
        while (datagrams.readableBytes() > most) {
            one(datagrams.readRetainedSlice(most), segmentBytes, to);
        }
        one(datagrams, segmentBytes, to);
        flushLater();
    }

    private void one(ByteBuf bytes, int segmentBytes, InetSocketAddress to) {
        channel.write(bytes.readableBytes() > segmentBytes ? new io.netty.channel.unix.SegmentedDatagramPacket(bytes, segmentBytes, to) : new DatagramPacket(bytes, to),
            channel.voidPromise());
    }

    private void flushLater() {
        if (!flushQueued) {
            flushQueued = true;
            EventLoop loop = channel.eventLoop();
            if (loop.inEventLoop()) {
                port.host().flushLater(loop, this::flush);
            } else {
                loop.execute(this::flush);
            }
        }
    }

    private void flush() {
        flushQueued = false;
        channel.flush();
    }
}
