package io.sluice.net.internal;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Reads the PROXY protocol's header ("The PROXY protocol, versions 1 and 2", HAProxy Technologies, sections 2.1 and 2.2) of a trusted proxy, then lets the connection begin
 * as its client's. On the channel's loop.
 */
final class ProxyHeader extends SimpleChannelInboundHandler<HAProxyMessage> {
    /** A proxy sends it in its first segment (section 2). */
    private static final long SECONDS = 5;

    private final Net net;
    private final Offer offer;
    private Future<?> timeout;
    private boolean said;

    private ProxyHeader(Net net, Offer offer) {
        this.net = net;
        this.offer = offer;
    }

    static void await(Net net, Offer offer, SocketChannel channel) {
        channel.pipeline().addLast(new HAProxyMessageDecoder(), new ProxyHeader(net, offer));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        timeout = ctx.executor().schedule(() -> refuse(ctx, "sent no PROXY header within " + SECONDS + " s"), SECONDS, TimeUnit.SECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HAProxyMessage header) {
        SocketChannel channel = (SocketChannel) ctx.channel();
        InetSocketAddress remote = client(header, channel.remoteAddress());
        if (remote == null) {
            refuse(ctx, "sent a PROXY header without an address");
            return;
        }
        timeout.cancel(false);
        said = true;
        net.enter(offer, channel, remote);
        ctx.pipeline().remove(this);
    }

    /** The proxy speaks for itself in LOCAL (health checks) and UNKNOWN; null where what it says is no address. */
    private static InetSocketAddress client(HAProxyMessage header, InetSocketAddress proxy) {
        if (header.command() == HAProxyCommand.LOCAL || header.sourceAddress() == null) {
            return proxy;
        }
        byte[] address = NetUtil.createByteArrayFromIpAddressString(header.sourceAddress());
        try {
            return address == null ? null : new InetSocketAddress(InetAddress.getByAddress(address), header.sourcePort());
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private void refuse(ChannelHandlerContext ctx, String fault) {
        if (!said) {
            said = true;
            net.complaints().add("connection from " + ctx.channel().remoteAddress() + " on " + offer.listener(), fault);
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        timeout.cancel(false);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable e) {
        refuse(ctx, e instanceof DecoderException ? "sent no PROXY header that can be read: " + e.getMessage() : "broke before its PROXY header: " + e.getMessage());
    }
}
