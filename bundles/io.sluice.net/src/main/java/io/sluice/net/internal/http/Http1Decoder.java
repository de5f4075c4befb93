package io.sluice.net.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Netty's decoder, and stricter where a proxy before us could read a request differently (RFC 9112 section 11.2): both lengths at once, and folded header
 * lines (section 5.2), make the request malformed.
 */
final class Http1Decoder extends HttpRequestDecoder {
    private boolean inHead = true;
    private boolean begun;
    private boolean lineStart;
    private boolean folded;

    Http1Decoder() {
        super(new HttpDecoderConfig().setMaxInitialLineLength(HttpLimits.LINE_BYTES).setMaxHeaderSize(HttpLimits.HEADER_BYTES)
            .setMaxChunkSize(HttpLimits.CHUNK_BYTES).setValidateHeaders(true).setAllowDuplicateContentLengths(false));
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (inHead && !folded) {
            look(in);
        }
        int before = in.readerIndex();
        int had = out.size();
        super.decode(ctx, in, out);
        lineStart = in.readerIndex() == before ? lineStart : in.getByte(in.readerIndex() - 1) == '\n';
        out.subList(had, out.size()).forEach(this::emitted);
    }

    private void emitted(Object message) {
        if (message instanceof HttpRequest request) {
            inHead = false;
            if (folded) {
                request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("a folded header line")));
            }
        }
        if (message instanceof LastHttpContent) {
            inHead = true;
            begun = false;
            lineStart = false;
            folded = false;
        }
    }

    /** Whether a line of this head begins with white space, up to the empty line; what stands before the first line is skipped, as Netty does. */
    private void look(ByteBuf in) {
        boolean start = lineStart;
        for (int i = in.readerIndex(); i < in.writerIndex() && !folded; i++) {
            byte b = in.getByte(i);
            if (begun && start && (b == '\r' || b == '\n')) {
                return;
            }
            folded = begun && start && (b == ' ' || b == '\t');
            begun |= b > ' ';
            start = b == '\n';
        }
    }
}
