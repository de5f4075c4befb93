package io.sluice.protocol.rtmp.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.Snapshot;
import io.sluice.api.stream.Reader;
import io.sluice.format.rtmp.Fields;
import io.sluice.format.rtmp.Message;
import io.sluice.format.rtmp.Outbox;
import io.sluice.format.rtmp.Outbox.Status;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A peer that plays: hands on what the shared feed has, while the peer takes it. */
final class PlaySession implements Session {
    private static final Logger LOG = LoggerFactory.getLogger(PlaySession.class);

    /** A peer closes by itself once it has read the end; librtmp dies of a connection that is closed before it has said goodbye. */
    private static final long LEAVE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Peer peer;
    private final Outbox out;
    private final Reader reader;
    private final String asked;
    private boolean paused;
    private boolean over;

    /** @param asked the name as the peer wrote it, for asking again after a pause; may hold a secret */
    PlaySession(Peer peer, Outbox out, Reader reader, String asked) {
        this.peer = peer;
        this.out = out;
        this.reader = reader;
        this.asked = asked;
    }

    String stream() {
        return reader.stream();
    }

    String asked() {
        return asked;
    }

    boolean paused() {
        return paused;
    }

    /** Tells the peer that media follows, and lets it flow. */
    void start() {
        int chunkBytes = peer.settings().chunkBytes();
        if (out.chunkBytes() != chunkBytes) {
            out.chunkBytes(chunkBytes);
        }
        out.userControl(Outbox.STREAM_BEGIN, RtmpFeed.STREAM_ID);
        out.status(RtmpFeed.STREAM_ID, Status.ok("NetStream.Play.Reset", "Playing and resetting " + stream()));
        out.status(RtmpFeed.STREAM_ID, Status.ok("NetStream.Play.Start", "Playing " + stream()));
        out.data(RtmpFeed.STREAM_ID, "|RtmpSampleAccess", true, true);
        LOG.info("{} plays {}", peer, stream());
        flow();
    }

    /** Media goes on with the chunk size that the peer knows now. */
    void flow() {
        reader.open(new RtmpFeed(out.chunkBytes()), this::pump);
        pump();
    }

    void onEnd(Consumer<String> reason) {
        reader.onEnd(reason);
    }

    /** Nothing more goes to the peer; why is said already. */
    void cut() {
        over = true;
    }

    void pause() {
        paused = true;
    }

    private void pump() {
        if (paused || over) {
            return;
        }
        while (peer.connection().writable()) {
            ByteBuf bytes = reader.next();
            if (bytes == null) {
                break;
            }
            peer.connection().write(bytes);
        }
        if (reader.ended()) {
            end(reader.endReason());
            peer.connection().schedule(LEAVE_NANOS, () -> peer.connection().close(stream() + " ended: " + reader.endReason()));
        }
    }

    private void end(String reason) {
        over = true;
        out.userControl(Outbox.STREAM_EOF, RtmpFeed.STREAM_ID);
        out.status(RtmpFeed.STREAM_ID, Status.ok("NetStream.Play.UnpublishNotify", reason));
        out.status(RtmpFeed.STREAM_ID, Status.ok("NetStream.Play.Stop", reason));
    }

    /** Everything was said; the peer is leaving. */
    boolean over() {
        return over;
    }

    @Override
    public void media(Message message) {
        // a player has nothing to say about media
    }

    @Override
    public void writable() {
        pump();
    }

    /** What the stream has for this peer by now goes before the end. */
    @Override
    public void stopping(String reason) {
        pump();
        if (!over) {
            end(reason);
        }
    }

    @Override
    public void close() {
        over = true;
        reader.close();
    }

    @Override
    public Snapshot snapshot(int schema) {
        return Snapshot.of(schema).put("reader", reader.handle()).put("asked", asked).put("paused", paused).build();
    }

    /** Parses everything, then takes the handle; {@link #resume()} lets media flow. */
    static PlaySession from(Peer peer, Outbox out, Fields fields) {
        String asked = fields.text("asked", "");
        boolean paused = fields.flag("paused", false);
        PlaySession session = new PlaySession(peer, out, peer.streams().reader(fields.handle("reader"), peer.connection()), asked);
        session.paused = paused;
        return session;
    }

    /** Goes on in this version: a peer that was told another chunk size is told ours before its next media. */
    void resume() {
        int chunkBytes = peer.settings().chunkBytes();
        if (out.chunkBytes() != chunkBytes) {
            out.chunkBytes(chunkBytes);
        }
        flow();
    }
}
