package io.sluice.net.internal;

import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What Linux says of a connection's packets: {@code struct tcp_info} of {@code linux/tcp.h}, whose fields only ever grew at the end. A kernel that knows less leaves zeros.
 *
 * @param sent          segments with data ({@code tcpi_data_segs_out})
 * @param lost          segments sent again less those that the peer said it had already ({@code tcpi_total_retrans} less {@code tcpi_dsack_dups})
 * @param retransmitted {@code tcpi_total_retrans}
 */
record TcpFigures(long sent, long lost, long retransmitted) {
    static final TcpFigures NONE = new TcpFigures(0, 0, 0);
    private static final int TOTAL_RETRANS = 100;
    private static final int DATA_SEGS_OUT = 156;
    private static final int DSACK_DUPS = 216;
    private static final int LENGTH = 232;

    /** Null where the transport does not tell. */
    static TcpFigures of(Channel channel) {
        try {
            return Epoll.of(channel);
        } catch (LinkageError e) {
            return null; // the optional package is not installed
        }
    }

    static TcpFigures parse(ByteBuffer info) {
        ByteBuffer in = info.order(ByteOrder.nativeOrder());
        long retransmitted = unsigned(in, TOTAL_RETRANS);
        return new TcpFigures(unsigned(in, DATA_SEGS_OUT), Math.max(0, retransmitted - unsigned(in, DSACK_DUPS)), retransmitted);
    }

    private static long unsigned(ByteBuffer in, int at) {
        return at + 4 <= in.limit() ? in.getInt(at) & 0xffffffffL : 0;
    }

    /** What rose; what fell (spurious retransmissions become known late) counts as nothing. */
    TcpFigures since(TcpFigures before) {
        return new TcpFigures(Math.max(0, sent - before.sent), Math.max(0, lost - before.lost), Math.max(0, retransmitted - before.retransmitted));
    }

    TcpFigures plus(TcpFigures more) {
        return new TcpFigures(sent + more.sent, lost + more.lost, retransmitted + more.retransmitted);
    }

    /** Touches the optional imports only when it is called. */
    private static final class Epoll {
        private static final int IPPROTO_TCP = 6;
        private static final int TCP_INFO = 11;
        private static final io.netty.channel.unix.RawUnixChannelOption INFO = new io.netty.channel.unix.RawUnixChannelOption("SLUICE_TCP_INFO", IPPROTO_TCP, TCP_INFO, LENGTH);

        private Epoll() {
        }

        static TcpFigures of(Channel channel) {
            if (!(channel instanceof io.netty.channel.epoll.EpollSocketChannel socket) || !socket.isOpen()) {
                return null;
            }
            try {
                ByteBuffer info = socket.config().getOption(INFO);
                return info == null ? null : parse(info);
            } catch (io.netty.channel.ChannelException e) {
                return null; // it was closed just now
            }
        }
    }
}
