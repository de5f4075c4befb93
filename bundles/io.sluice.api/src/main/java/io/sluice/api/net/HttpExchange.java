package io.sluice.api.net;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** One request and its answer, over HTTP/1.1 or HTTP/2. Used on its connection's loop. */
@ProviderType
public interface HttpExchange {
    /** The connection underneath; several exchanges share one in HTTP/2, so write only through the exchange. */
    Connection connection();

    /** Upper case. HEAD arrives as GET, the core leaves the body out. */
    String method();

    /** Decoded and normalised: begins with "/", has no "..", no NUL, no empty or "." segments. */
    String path();

    /** The first value of a query parameter, decoded, or null. */
    String query(String name);

    /** The query's parameters, decoded; the first of equal names, at most 64. */
    Map<String, String> parameters();

    /** The raw query without "?", or "". */
    String rawQuery();

    /** The first value of a header, any case, or null. */
    String header(String name);

    /**
     * The client: behind a trusted proxy what the proxy's header says (X-Forwarded-For from the right, past further trusted proxies; or X-Real-IP), else the connection's peer. A
     * header from anybody else, or one that is no address, is not believed.
     */
    InetAddress remote();

    /** Adds a header to the answer, whoever gives it; to be called before that. For Set-Cookie and its like: several of one name are several lines. Too late: nothing happens. */
    void addHeader(String name, String value);

    /** Scheme and authority as the client knows us, such as "http://host:8080"; never ends in "/". */
    String origin();

    /** Reads the whole body, at most so many bytes (more is refused with 413 and the consumer is not called). The consumer borrows the buffer. */
    void body(int maxBytes, Consumer<ByteBuf> whole);

    /** Answers whole, with Content-Length; takes over the caller's reference to the body. Header names are lower case. */
    void answer(int status, Map<String, String> headers, ByteBuf body);

    /** Answers with a body of unknown length. */
    HttpBody stream(int status, Map<String, String> headers);

    /** Turns the exchange into a WebSocket (HTTP/1.1); refused with 400 where the request is no handshake. */
    WebSocket webSocket(WebSocketHandler handler);

    /** Called once on the loop when the peer left before the answer was complete, or when it was completed. */
    void onEnd(Runnable task);
}
