package io.sluice.protocol.rtmp.internal;

import io.sluice.api.net.Snapshot;
import io.sluice.api.stream.Denied;
import io.sluice.api.stream.PlayRequest;
import io.sluice.api.stream.PublishRequest;
import io.sluice.api.stream.Publisher;
import io.sluice.api.stream.Reader;
import io.sluice.format.rtmp.Command;
import io.sluice.format.rtmp.Fields;
import io.sluice.format.rtmp.Outbox;
import io.sluice.format.rtmp.Outbox.Status;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands of a stream, section 7.2.2, and what the gate answers. A connection publishes or plays one stream. */
final class NetStream {
    private static final Logger LOG = LoggerFactory.getLogger(NetStream.class);
    /** A refused peer closes by itself when it has read why; a reset of ours could overtake the reason. */
    private static final long LEAVE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final String BAD_NAME = "NetStream.Publish.BadName";
    private static final String PLAY_FAILED = "NetStream.Play.Failed";

    private final Peer peer;
    private final Outbox out;
    private final NetConnection connection;
    private Session session;
    /** Counts questions to the gate: an answer to an older one is not wanted any more. */
    private int question;
    private boolean pending;
    private boolean toPublish;
    private boolean leaving;

    NetStream(Peer peer, Outbox out, NetConnection connection) {
        this.peer = peer;
        this.out = out;
        this.connection = connection;
    }

    /** @return null where the peer neither publishes nor plays */
    Session session() {
        return session;
    }

    /** Something is under way that another version cannot go on with. */
    boolean unsettled() {
        return pending || leaving || session instanceof PlaySession s && s.over();
    }

    /** The peer publishes, or has asked to and does not wait for the answer. */
    boolean mediaMayCome() {
        return session instanceof PublishSession || pending && toPublish || leaving;
    }

    /** The peer is being shown out: nothing that it says counts any more. */
    boolean leaving() {
        return leaving;
    }

    /** @return false where the command is none of these */
    boolean handle(Command c) {
        switch (c.name()) {
            case "publish" -> publish(c);
            case "play", "play2" -> play(c);
            case "pause", "pauseRaw" -> pause(c);
            case "seek" -> out.status(c.streamId(), Status.ok("NetStream.Seek.Notify", "A live stream stays at its live point."));
            case "FCUnpublish" -> {
                end();
                out.command(0, "onFCUnpublish", 0, null, Status.ok("NetStream.Unpublish.Success", "").toMap());
            }
            case "closeStream" -> end();
            case "deleteStream" -> {
                end();
                connection.deleteStream((int) c.number(0, c.streamId()));
            }
            case "receiveAudio", "receiveVideo" -> {
                // all players share the same bytes
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void publish(Command c) {
        ConnectInfo info = connection.info();
        int id = c.streamId();
        String name = c.text(0);
        if (session != null || pending) {
            out.status(id, Status.error(BAD_NAME, "This connection already publishes or plays."));
            return;
        }
        if (!peer.settings().mayPublish()) {
            refuse(id, Status.error(BAD_NAME, "This server does not accept publishers by RTMP (acceptable)."), "publish");
            return;
        }
        int mine = ask();
        toPublish = true;
        peer.streams().publish(PublishRequest.of(peer.connection(), "rtmp", info.credentials(name), info.url(name), info.agent())).whenComplete((publisher, problem) -> {
            if (mine != question) {
                release(publisher);
            } else if (problem != null) {
                pending = false;
                turnAway(id, Status.error(BAD_NAME, reason(problem).getMessage())); // the gate has logged it
            } else {
                pending = false;
                publishes(id, publisher);
            }
        });
    }

    private void publishes(int id, Publisher publisher) {
        PublishSession s = new PublishSession(peer, publisher);
        session = s;
        watch(s, id);
        peer.connection().describe("publish", publisher.stream());
        out.userControl(Outbox.STREAM_BEGIN, id);
        out.status(id, Status.ok("NetStream.Publish.Start", "Publishing " + publisher.stream()));
    }

    /** The core may end a publisher: somebody with the key took over, or the stream was removed. */
    private void watch(PublishSession s, int id) {
        s.onEnd(reason -> {
            if (session == s) {
                out.status(id, Status.error(BAD_NAME, reason));
                peer.connection().close(reason);
            }
        });
    }

    private void play(Command c) {
        ConnectInfo info = connection.info();
        if (session instanceof PublishSession || pending) {
            out.status(c.streamId(), Status.error(PLAY_FAILED, "This connection already publishes or asks for a stream."));
            return;
        }
        if (!peer.settings().mayPlay()) {
            refuse(c.streamId(), Status.error(PLAY_FAILED, "This server does not accept players by RTMP (acceptable)."), "play");
            return;
        }
        if (c.streamId() != RtmpFeed.STREAM_ID) {
            refuse(c.streamId(), Status.error(PLAY_FAILED, "Play the first stream that createStream gives."), "play on stream " + c.streamId());
            return;
        }
        end();
        askToPlay(info, c.text(0));
    }

    private void askToPlay(ConnectInfo info, String name) {
        int mine = ask();
        toPublish = false;
        peer.streams().play(PlayRequest.of(peer.connection(), "rtmp", info.credentials(name), info.url(name), info.agent())).whenComplete((reader, problem) -> {
            if (mine != question) {
                release(reader);
            } else if (problem != null) {
                pending = false;
                Denied denied = reason(problem);
                refuse(RtmpFeed.STREAM_ID, Status.error(playCode(denied.reason()), denied.getMessage()), "to play " + info.credentials(name));
            } else {
                pending = false;
                plays(reader, name);
            }
        });
    }

    private void plays(Reader reader, String name) {
        PlaySession s = new PlaySession(peer, out, reader, name);
        session = s;
        watch(s);
        peer.connection().describe("play", reader.stream());
        s.start();
    }

    /** The core may end a viewer: his session was stopped. */
    private void watch(PlaySession s) {
        s.onEnd(reason -> {
            if (session == s) {
                s.cut();
                refuse(RtmpFeed.STREAM_ID, Status.error(PLAY_FAILED, reason), "to go on with " + s.stream());
            }
        });
    }

    private static String playCode(Denied.Reason reason) {
        return switch (reason) {
            case UNKNOWN, OFFLINE, NAME -> "NetStream.Play.StreamNotFound";
            default -> PLAY_FAILED;
        };
    }

    /** After a pause a player goes on at the live point: it asks again, as the reader's place is in the past. */
    private void pause(Command c) {
        if (!(session instanceof PlaySession s)) {
            return;
        }
        if (c.flag(0, !s.paused())) {
            s.pause();
            out.status(c.streamId(), Status.ok("NetStream.Pause.Notify", "Paused " + s.stream()));
        } else if (s.paused()) {
            out.status(c.streamId(), Status.ok("NetStream.Unpause.Notify", "Going on with " + s.stream()));
            String asked = s.asked();
            end();
            askToPlay(connection.info(), asked);
        }
    }

    private int ask() {
        pending = true;
        return ++question;
    }

    private static void release(AutoCloseable right) {
        if (right instanceof Publisher p) {
            p.close();
        } else if (right instanceof Reader r) {
            r.close();
        }
    }

    private static Denied reason(Throwable problem) {
        Throwable cause = problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
        if (cause instanceof Denied denied) {
            return denied;
        }
        LOG.warn("the gate failed", cause);
        return new Denied(Denied.Reason.OFFLINE, "The server failed to open the stream; its log says why.");
    }

    private void refuse(int streamId, Status status, String what) {
        LOG.info("{} refused {}: {}", peer, what, status.description());
        turnAway(streamId, status);
    }

    private void turnAway(int streamId, Status status) {
        out.status(streamId, status);
        leaving = true;
        peer.connection().schedule(LEAVE_NANOS, () -> peer.connection().close("refused: " + status.description()));
    }

    /** Ends what the peer does and forgets what it asked. */
    void end() {
        question++;
        pending = false;
        if (session != null) {
            session.close();
            session = null;
            peer.connection().describe("", "");
        }
    }

    /** The connection is gone; nothing can be told to it. */
    void gone() {
        question++;
        if (session != null) {
            session.close();
            session = null;
        }
    }

    void snapshot(Snapshot.Builder b, int schema) {
        if (session instanceof PublishSession) {
            b.put("publish", session.snapshot(schema));
        } else if (session instanceof PlaySession) {
            b.put("play", session.snapshot(schema));
        }
    }

    /** Takes over the handles of the session: after this nothing may fail. */
    void resume(Fields fields) {
        Fields publish = fields.nested("publish");
        Fields play = fields.nested("play");
        if (publish != null) {
            PublishSession s = PublishSession.resume(peer, publish);
            session = s;
            watch(s, RtmpFeed.STREAM_ID);
        } else if (play != null) {
            PlaySession s = PlaySession.from(peer, out, play);
            session = s;
            watch(s);
            s.resume();
        }
    }
}
