package io.sluice.net.internal.http;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.Protocol.Match;
import java.nio.charset.StandardCharsets;

/** Tells HTTP by its first bytes: a method of capital letters and a space, which HTTP/2's preface begins with too. */
public final class HttpFirstBytes {
    /** The longest method in the registry of RFC 9110 section 18.2 is UPDATEREDIRECTREF. */
    private static final int LONGEST_METHOD = 17;
    private static final byte[] H2_PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private HttpFirstBytes() {
    }

    /** Borrows the bytes, moves nothing. */
    public static Match match(ByteBuf first) {
        int length = Math.min(first.readableBytes(), LONGEST_METHOD + 1);
        for (int i = 0; i < length; i++) {
            int b = first.getByte(first.readerIndex() + i);
            if (b == ' ' && i > 2) {
                return http2(first);
            }
            if (b < 'A' || b > 'Z') {
                return Match.NO;
            }
        }
        return length > LONGEST_METHOD ? Match.NO : Match.MORE;
    }

    /** What begins like HTTP/2's preface is HTTP only once it is known to be one. */
    private static Match http2(ByteBuf first) {
        int length = Math.min(first.readableBytes(), H2_PREFACE.length);
        return startsWithPreface(first, length) && length < H2_PREFACE.length ? Match.MORE : Match.YES;
    }

    /** Borrows the bytes. */
    public static boolean isHttp2(ByteBuf first) {
        return first.readableBytes() >= H2_PREFACE.length && startsWithPreface(first, H2_PREFACE.length);
    }

    private static boolean startsWithPreface(ByteBuf first, int length) {
        for (int i = 0; i < length; i++) {
            if (first.getByte(first.readerIndex() + i) != H2_PREFACE[i]) {
                return false;
            }
        }
        return true;
    }
}
