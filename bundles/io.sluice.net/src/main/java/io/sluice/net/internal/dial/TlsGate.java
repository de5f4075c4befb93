package io.sluice.net.internal.dial;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.function.Consumer;

/** Waits for the end of TLS's handshake; then it leaves the channel to whom comes next. */
public final class TlsGate extends ChannelInboundHandlerAdapter {
    private final Runnable secured;
    private final Consumer<Throwable> failed;

    /**
     * @param secured the peer is who it says; called on the loop before any byte of his is handed on
     * @param failed  the handshake's fault
     */
    public TlsGate(Runnable secured, Consumer<Throwable> failed) {
        this.secured = secured;
        this.failed = failed;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext c, Object event) {
        if (event instanceof SslHandshakeCompletionEvent done) {
            if (done.isSuccess()) {
                c.pipeline().remove(this);
                secured.run();
            } else {
                failed.accept(done.cause());
            }
        }
    }

    /** The handshake's event tells it, too. */
    @Override
    public void exceptionCaught(ChannelHandlerContext c, Throwable e) {
        failed.accept(e);
    }
}
