package io.sluice.net.internal;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/** How sockets are driven: epoll where the bundle and the system have it, NIO elsewhere. */
record Transport(String name, IoHandlerFactory handlers, Class<? extends ServerSocketChannel> serverChannel, Class<? extends SocketChannel> channel) {

    static Transport best() {
        try {
            if (Epoll.available()) {
                return Epoll.transport();
            }
        } catch (LinkageError e) {
            // the optional package is not installed
        }
        return nio();
    }

    static Transport nio() {
        return new Transport("nio", NioIoHandler.newFactory(), NioServerSocketChannel.class, NioSocketChannel.class);
    }

    /** Touches the optional import only when it is called. */
    private static final class Epoll {
        static boolean available() {
            return io.netty.channel.epoll.Epoll.isAvailable();
        }

        static Transport transport() {
            return new Transport("epoll", io.netty.channel.epoll.EpollIoHandler.newFactory(), io.netty.channel.epoll.EpollServerSocketChannel.class,
                io.netty.channel.epoll.EpollSocketChannel.class);
        }
    }
}
