package io.sluice.net.internal.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.util.function.Supplier;

/** HTTP/2 (RFC 9113): each stream is a channel of its own that carries one exchange. Netty's limits on resets, control frames and continuations are on by default. */
final class Http2Streams {
    /** What a close waits for streams that are half-way; a stop has waited before. */
    private static final long GOODBYE_MILLIS = 1000;

    private Http2Streams() {
    }

    static void speak(ChannelPipeline pipeline, HttpHost host, Supplier<ChannelHandler> exchange) {
        Http2Settings settings = Http2Settings.defaultSettings().maxConcurrentStreams(HttpLimits.STREAMS).maxHeaderListSize(HttpLimits.HEADER_BYTES);
        pipeline.addLast(Http2FrameCodecBuilder.forServer().initialSettings(settings).validateHeaders(true)
            .gracefulShutdownTimeoutMillis(GOODBYE_MILLIS).build(),
            new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel stream) {
                    stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true), exchange.get());
                }
            }), new Faults(host));
    }

    /** The codec closes the connection itself when the peer breaks the rules or its limits; here it is said why. */
    private static final class Faults extends ChannelInboundHandlerAdapter {
        private final HttpHost host;

        Faults(HttpHost host) {
            this.host = host;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable e) {
            if (e instanceof Http2Exception) {
                host.complain("HTTP/2: " + e.getMessage());
            } else {
                host.connection().close("HTTP/2: " + (e.getMessage() == null ? e : e.getMessage()));
            }
        }
    }
}
