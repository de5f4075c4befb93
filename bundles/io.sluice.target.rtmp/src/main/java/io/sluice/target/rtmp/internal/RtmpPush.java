package io.sluice.target.rtmp.internal;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.api.net.Connection;
import io.sluice.api.net.DialRequest;
import io.sluice.api.net.Dialer;
import io.sluice.api.push.PushProgress;
import io.sluice.api.push.PushRequest;
import io.sluice.format.delivery.FramePump;
import io.sluice.format.delivery.Taken;
import io.sluice.format.delivery.TimeOut;
import io.sluice.format.flv.FourCc;
import io.sluice.format.rtmp.MediaMessages;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One push: connects (again, where the receiver wants a password), publishes, and pumps until the stream's end. All but {@link #close} on the push's loop. */
final class RtmpPush implements AutoCloseable, Dialogue.Listener {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final Set<Codec> ENHANCED = EnumSet.of(Codec.H265, Codec.AV1, Codec.VP8, Codec.VP9, Codec.OPUS);

    private final PushRequest request;
    private final PushProgress progress;
    private final Dialer dialer;
    private final RtmpUrl url;
    private final Options options;
    private final Login login;
    private CompletableFuture<Connection> dialling;
    private Connection connection;
    private RtmpSession session;
    private Taken taken;
    private FramePump pump;
    private String end;

    RtmpPush(PushRequest request, Dialer dialer, RtmpUrl url, Options options) {
        this.request = request;
        this.progress = request.progress();
        this.dialer = dialer;
        this.url = url;
        this.options = options;
        SecureRandom random = new SecureRandom();
        login = new Login(url.user(), url.password(), url.app(), () -> HexFormat.of().toHexDigits(random.nextInt()));
    }

    void start() {
        request.loop().execute(() -> {
            request.reader().onEnd(reason -> end("")); // the core takes the reader away, and says why itself
            dial("");
        });
    }

    private void dial(String query) {
        if (end != null) {
            return;
        }
        taken = new Taken(progress);
        DialRequest to = new DialRequest(url.host(), url.portNumber(), url.tls(), url.tls() ? "rtmps" : "rtmp", request.loop(), taken, options.timeoutMillis());
        try {
            dialling = dialer.dial(to, c -> open(c, query)).toCompletableFuture();
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

    private RtmpSession open(Connection opened, String query) {
        connection = opened;
        opened.describe("push", request.reader().stream());
        RtmpSession mine = new RtmpSession(opened, url, query, enhanced(), this, this::pump, fault -> gone(opened, fault));
        session = mine;
        opened.schedule(TimeUnit.MILLISECONDS.toNanos(options.timeoutMillis()), () -> {
            if (pump == null && session == mine) {
                end("the receiver did not answer " + mine.dialogue().waitsFor() + " within " + TimeOut.words(options.timeoutMillis()));
            }
        });
        return mine;
    }

    /** What Enhanced RTMP calls the codecs that old receivers do not know. */
    private List<String> enhanced() {
        return request.info().get().tracks().list().stream().map(Track::codec).filter(ENHANCED::contains).map(c -> FourCc.text(FourCc.of(c))).distinct().toList();
    }

    @Override
    public void publishing(int streamId) {
        progress.running(url.shown());
        RtmpPacker packer = new RtmpPacker(new MediaMessages(Dialogue.CHUNK_BYTES, streamId), options.silence() ? new Silence() : null);
        pump = new FramePump(connection, request.reader(), progress, packer, connection::write, this::end);
        pump.start();
        look();
    }

    private void pump() {
        if (pump != null) {
            pump.run();
        }
    }

    /** A receiver that takes nothing of what waits for it is given up. */
    private void look() {
        if (end != null) {
            return;
        }
        if (taken.stalled(connection.writable(), pump.given(), options.timeoutMillis())) {
            end("the receiver took no bytes for " + TimeOut.words(options.timeoutMillis()));
        } else {
            connection.schedule(LOOK_NANOS, this::look);
        }
    }

    @Override
    public void notConnected(String description) {
        String query;
        try {
            query = login.answer(description);
        } catch (IllegalArgumentException e) {
            end(e.getMessage());
            return;
        }
        if (query == null) {
            end("the receiver refused connect: " + url.hideIn(description));
            return;
        }
        Connection before = connection;
        connection = null;
        session = null;
        before.close("it is opened again with a password");
        dial(query);
    }

    @Override
    public void refused(String reason) {
        end(reason);
    }

    @Override
    public void note(String text) {
        progress.note(text);
    }

    private void gone(Connection which, String fault) {
        if (which == connection) {
            end(fault.isEmpty() ? "the receiver ended the connection" : fault);
        }
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

    /** The first reason counts: says goodbye, and tells the end when the last byte is out. @param problem "" at the end in order */
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
        if (problem.isEmpty()) {
            session.dialogue().unpublish();
        }
        connection.onClosed(() -> progress.ended(problem));
        connection.close(problem.isEmpty() ? "the push is over" : problem);
    }
}
