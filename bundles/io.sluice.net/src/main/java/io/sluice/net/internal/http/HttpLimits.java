package io.sluice.net.internal.http;

/** Sizes and times of HTTP. */
final class HttpLimits {
    /** RFC 9112 section 3 recommends at least 8000. */
    static final int LINE_BYTES = 8 << 10;
    /** Browsers with many cookies stay below 8 KiB. */
    static final int HEADER_BYTES = 16 << 10;
    /** A body comes in pieces of at most the socket's read size. */
    static final int CHUNK_BYTES = 64 << 10;
    /** What is kept of a body that no route has asked for yet; then the peer waits. */
    static final int EARLY_BODY_BYTES = 64 << 10;
    /** What is thrown away of a body that no route wanted, so that the connection can be used again; longer ones end it. */
    static final int UNWANTED_BODY_BYTES = 1 << 20;
    /** A signalling message or a chat line is far smaller. */
    static final int WEB_SOCKET_BYTES = 1 << 20;
    /** RFC 9113 section 6.5.2 recommends no fewer. */
    static final int STREAMS = 100;

    static final long HEADER_SECONDS = 30;
    static final long IDLE_SECONDS = 60;

    private HttpLimits() {
    }
}
