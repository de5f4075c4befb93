package io.sluice.target.http.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.Connection;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.DialRequest;
import io.sluice.api.net.Dialer;
import io.sluice.api.net.ProtocolException;
import io.sluice.api.push.PushAddress;
import io.sluice.api.push.PushProgress;
import io.sluice.api.push.PushRequest;
import io.sluice.format.delivery.FramePump;
import io.sluice.format.delivery.Taken;
import io.sluice.format.delivery.TimeOut;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One push: a request whose body ends with the stream, in chunks (RFC 9112 section 7.1). The body begins when the server says "100 Continue" (RFC 9110 section 10.1.1), or after a second: many do not say
 * it. All but {@link #close} on the push's loop.
 */
final class Upload implements AutoCloseable, ConnectionHandler {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long CONTINUE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PushRequest request;
    private final PushProgress progress;
    private final Dialer dialer;
    private final HttpUrl url;
    private final Container container;
    private final Options options;
    private final Taken taken;
    private CompletableFuture<Connection> dialling;
    private Connection connection;
    private FramePump pump;
    private boolean sent;
    private Answer.Status answer;
    private String end;

    private Upload(PushRequest request, Dialer dialer, HttpUrl url, Options options) {
        this.request = request;
        this.progress = request.progress();
        this.dialer = dialer;
        this.url = url;
        this.options = options;
        container = Container.of(url.extension());
        taken = new Taken(progress);
    }

    static String problem(PushAddress address) {
        try {
            Options.of(address.parameters());
            String path = HttpUrl.check(address.target()).group(3).replaceFirst("\\?.*", "");
            if (path.indexOf('$') < 0) {
                Container.of(HttpUrl.extension(path.substring(path.indexOf('/'))));
            }
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** @throws IllegalArgumentException with the problem */
    static AutoCloseable start(PushRequest request, Dialer dialer) {
        Options options = Options.of(request.address().parameters());
        HttpUrl url = HttpUrl.of(request.address().target(), part -> request.expand(part, java.util.Map.of()));
        Upload upload = new Upload(request, dialer, url, options);
        request.loop().execute(upload::dial);
        return upload;
    }

    private void dial() {
        if (end != null) {
            return;
        }
        request.reader().onEnd(reason -> end("")); // the core takes the reader away, and says why itself
        DialRequest to = new DialRequest(url.host(), url.port(), url.tls(), url.tls() ? "https" : "http", request.loop(), taken, options.timeoutMillis());
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
        write(url.head(options.method()) + "Content-Type: " + container.type() + "\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
        opened.schedule(CONTINUE_NANOS, this::begin);
        return this;
    }

    private void write(String text) {
        connection.write(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    private void begin() {
        if (pump != null || end != null || answer != null) {
            return;
        }
        progress.running(url.shown());
        pump = new FramePump(connection, request.reader(), progress, container.packer(), this::chunk, this::finished);
        pump.start();
        look();
    }

    /** Takes over the reference. */
    private void chunk(ByteBuf bytes) {
        write(Integer.toHexString(bytes.readableBytes()) + "\r\n");
        connection.write(bytes);
        write("\r\n");
    }

    /** The body is over; now the server says what became of it. */
    private void finished(String problem) {
        if (!problem.isEmpty()) {
            end(problem);
            return;
        }
        sent = true;
        write("0\r\n\r\n");
        connection.schedule(TimeUnit.MILLISECONDS.toNanos(options.timeoutMillis()), () -> end("the server did not answer within " + TimeOut.words(options.timeoutMillis()) + " of the end"));
        judge();
    }

    /** A server that takes nothing of what waits for it is given up. */
    private void look() {
        if (end != null || sent) {
            return;
        }
        if (taken.stalled(connection.writable(), pump.given(), options.timeoutMillis())) {
            end("the server took no bytes for " + TimeOut.words(options.timeoutMillis()));
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
        if (pump != null) {
            pump.run();
        }
    }

    /** The body ends as it should, though the answer is not waited for. */
    @Override
    public void stopping(String reason) {
        if (pump != null && !sent) {
            pump.finish();
        }
    }

    @Override
    public void closed() {
        end(answer == null ? "the server ended the connection without an answer" : "the server ended the connection after " + answer.words());
    }

    @Override
    public void close() {
        request.loop().execute(() -> {
            if (pump != null) {
                pump.finish();
            } else {
                end("");
            }
        });
    }

    /** The first reason counts. @param problem "" at the end in order */
    private void end(String problem) {
        if (end != null) {
            return;
        }
        end = problem;
        if (connection == null) {
            if (dialling != null) {
                dialling.cancel(false);
            }
            progress.ended(problem);
            return;
        }
        if (pump != null) {
            pump.drop();
        }
        connection.onClosed(() -> progress.ended(problem));
        connection.close(problem.isEmpty() ? "the push is over" : problem);
    }
}
