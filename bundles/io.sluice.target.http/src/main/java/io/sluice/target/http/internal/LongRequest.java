package io.sluice.target.http.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.Connection;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.DialRequest;
import io.sluice.api.net.Dialer;
import io.sluice.api.net.ProtocolException;
import io.sluice.api.push.PushRequest;
import io.sluice.format.delivery.Taken;
import io.sluice.format.delivery.TimeOut;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A request whose body ends with the stream, in chunks (RFC 9112 section 7.1). The body begins when the server says "100 Continue" (RFC 9110 section 10.1.1), or after a second: many do
 * not say it. All on the push's loop.
 */
final class LongRequest implements ConnectionHandler {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long CONTINUE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Whose body it is. */
    interface Owner {
        /** The body may begin. */
        void begin();

        /** The server takes bytes again. */
        void writable();

        /** Nothing more can be written; the body ended as it should where the problem is "". */
        void ending(String problem);

        /** The last byte is with the kernel, or never will be. */
        void over(String problem);

        /** The body is to end as it should, though the answer is not waited for. */
        void stopping();
    }

    private final PushRequest request;
    private final HttpUrl url;
    private final String head;
    private final long timeoutMillis;
    private final Owner owner;
    private final Taken taken;
    private CompletableFuture<Connection> dialling;
    private Connection connection;
    private boolean begun;
    private long given;
    private boolean sent;
    private Answer.Status answer;
    private String end;

    /** @param headers of its own, a line each with its end */
    LongRequest(PushRequest request, HttpUrl url, Options options, String headers, Owner owner) {
        this.request = request;
        this.url = url;
        this.head = url.head(options.method()) + headers + "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n";
        this.timeoutMillis = options.timeoutMillis();
        this.owner = owner;
        taken = new Taken(request.progress());
    }

    void dial(Dialer dialer) {
        if (end != null) {
            return;
        }
        DialRequest to = new DialRequest(url.host(), url.port(), url.tls(), url.tls() ? "https" : "http", request.loop(), taken, timeoutMillis);
        try {
            dialling = dialer.dial(to, this::open).toCompletableFuture();
        } catch (IllegalArgumentException e) {
            end(e.getMessage());
            return;
        }
        dialling.whenComplete((c, problem) -> request.loop().execute(() -> {
            if (problem != null) {
                end(problem.getMessage() == null ? problem.toString() : problem.getMessage());
            }
        }));
    }

    private ConnectionHandler open(Connection opened) {
        connection = opened;
        opened.describe("push", request.reader().stream());
        write(head);
        opened.schedule(CONTINUE_NANOS, this::begin);
        return this;
    }

    /** Once the body has begun. */
    Connection connection() {
        return connection;
    }

    /** Whether the body has begun, and the server has room for more of it. */
    boolean takes() {
        return begun && end == null && connection.writable();
    }

    private void write(String text) {
        connection.write(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    private void begin() {
        if (begun || end != null || answer != null) {
            return;
        }
        begun = true;
        owner.begin();
        look();
    }

    /** Takes over the reference. */
    void chunk(ByteBuf bytes) {
        given += bytes.readableBytes();
        write(Integer.toHexString(bytes.readableBytes()) + "\r\n");
        connection.write(bytes);
        write("\r\n");
    }

    /** The body is over; now the server says what became of it. */
    void finish() {
        if (sent || end != null) {
            return;
        }
        sent = true;
        write("0\r\n\r\n");
        connection.schedule(TimeUnit.MILLISECONDS.toNanos(timeoutMillis), () -> end("the server did not answer within " + TimeOut.words(timeoutMillis) + " of the end"));
        judge();
    }

    /** A server that takes nothing of what waits for it is given up. */
    private void look() {
        if (end != null || sent) {
            return;
        }
        if (taken.stalled(connection.writable(), given, timeoutMillis)) {
            end("the server took no bytes for " + TimeOut.words(timeoutMillis));
        } else {
            connection.schedule(LOOK_NANOS, this::look);
        }
    }

    @Override
    public void received(ByteBuf in) {
        try {
            while (answer == null && end == null) {
                Answer.Status status = Answer.read(in);
                if (status == null) {
                    return;
                }
                if (status.interim()) {
                    begin();
                } else {
                    answer = status;
                    judge();
                }
            }
            in.skipBytes(in.readableBytes());
        } catch (ProtocolException e) {
            end(e.getMessage());
        }
    }

    /** A refusal may come at any time. A yes that comes early may be followed by more of the body. */
    private void judge() {
        if (answer != null && (sent || !answer.success())) {
            end(sent && answer.success() ? "" : "the server answered " + answer.words() + (answer.code() / 100 == 3 ? "; redirects are not followed" : ""));
        }
    }

    @Override
    public void writable() {
        if (begun && end == null) {
            owner.writable();
        }
    }

    @Override
    public void stopping(String reason) {
        if (begun && !sent) {
            owner.stopping();
        }
    }

    @Override
    public void closed() {
        end(answer == null ? "the server ended the connection without an answer" : "the server ended the connection after " + answer.words());
    }

    /** The first reason counts. @param problem "" at the end in order */
    void end(String problem) {
        if (end != null) {
            return;
        }
        end = problem;
        if (connection == null) {
            if (dialling != null) {
                dialling.cancel(false);
            }
            owner.ending(problem);
            owner.over(problem);
            return;
        }
        owner.ending(problem);
        connection.onClosed(() -> owner.over(problem));
        connection.close(problem.isEmpty() ? "the push is over" : problem);
    }
}
