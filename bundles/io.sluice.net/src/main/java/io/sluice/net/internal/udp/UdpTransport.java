package io.sluice.net.internal.udp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioDatagramChannel;

/** How datagram sockets are driven: with epoll one on each loop, all on one port, and many datagrams in a system call; elsewhere one. */
enum UdpTransport {
    EPOLL(true) {
        @Override
        void prepare(Bootstrap bootstrap, boolean shared) {
            bootstrap.channel(io.netty.channel.epoll.EpollDatagramChannel.class).option(io.netty.channel.unix.UnixChannelOption.SO_REUSEPORT, shared)
                .option(io.netty.channel.epoll.EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_BYTES)
                .option(io.netty.channel.ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM_BYTES * DATAGRAMS));
        }

        @SuppressWarnings("deprecation") // the class that replaces it cannot be asked
        @Override
        boolean segmentation() {
            return io.netty.channel.epoll.SegmentedDatagramPacket.isSupported();
        }
    },
    NIO(false) {
        @Override
        void prepare(Bootstrap bootstrap, boolean shared) {
            bootstrap.channel(NioDatagramChannel.class).option(io.netty.channel.ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM_BYTES));
        }

        @Override
        boolean segmentation() {
            return false;
        }
    };

    /** More than an Ethernet's; what is longer is cut, and no protocol here takes it. */
    private static final int DATAGRAM_BYTES = 2048;
    private static final int DATAGRAMS = 16;

    private final boolean everyLoop;

    UdpTransport(boolean everyLoop) {
        this.everyLoop = everyLoop;
    }

    /** @param transport name of what the event loops are driven by */
    static UdpTransport of(String transport) {
        return transport.equals("epoll") ? EPOLL : NIO;
    }

    boolean everyLoop() {
        return everyLoop;
    }

    /** @param shared several sockets are bound to the port */
    abstract void prepare(Bootstrap bootstrap, boolean shared);

    abstract boolean segmentation();
}
