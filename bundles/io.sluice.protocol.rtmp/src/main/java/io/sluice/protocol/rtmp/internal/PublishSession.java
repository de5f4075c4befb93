package io.sluice.protocol.rtmp.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.api.net.ProtocolException;
import io.sluice.api.net.Snapshot;
import io.sluice.api.stream.Publisher;
import io.sluice.format.amf.AmfException;
import io.sluice.format.codec.NalUnits;
import io.sluice.format.flv.AudioTag;
import io.sluice.format.flv.FlvMetadata;
import io.sluice.format.flv.TagKind;
import io.sluice.format.flv.VideoTag;
import io.sluice.format.rtmp.Fields;
import io.sluice.format.rtmp.MediaClock;
import io.sluice.format.rtmp.Message;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A peer that publishes: messages to frames. The tracks are declared when all that were announced are known, or a second after the first of them. */
final class PublishSession implements Session {
    private static final Logger LOG = LoggerFactory.getLogger(PublishSession.class);
    private static final long TRACKS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Peer peer;
    private final Publisher publisher;
    private final IngestTracks tracks;
    private final HeldFrames held;
    private final MediaClock clock;
    private final Set<String> complaints = new HashSet<>();
    private boolean declared;
    private boolean waiting;
    private long framesDropped;

    /** A new one. */
    PublishSession(Peer peer, Publisher publisher) {
        this(peer, publisher, new IngestTracks(), new HeldFrames(), new MediaClock());
    }

    private PublishSession(Peer peer, Publisher publisher, IngestTracks tracks, HeldFrames held, MediaClock clock) {
        this.peer = peer;
        this.publisher = publisher;
        this.tracks = tracks;
        this.held = held;
        this.clock = clock;
    }

    String stream() {
        return publisher.stream();
    }

    void onEnd(Consumer<String> reason) {
        publisher.onEnd(reason);
    }

    @Override
    public void media(Message m) {
        try {
            switch (m.type()) {
                case Message.VIDEO -> VideoTag.parse(m.payload()).forEach(tag -> video(tag, m.timestamp()));
                case Message.AUDIO -> AudioTag.parse(m.payload()).forEach(tag -> audio(tag, m.timestamp()));
                default -> data(m);
            }
        } catch (AmfException e) {
            complain("data that cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(publisher.stream() + ": " + e.getMessage());
        }
    }

    private void video(VideoTag tag, int timestamp) {
        if (tag.codec() == null) {
            complain(tag.codecName() + ", which Sluice does not carry");
        } else if (tag.kind() == TagKind.CONFIGURATION) {
            changed(tracks.configure(tag));
        } else if (tag.kind() == TagKind.FRAME) {
            frame(IngestTracks.videoId(tag.track()), tag.codec(), timestamp, tag.compositionMillis(), tag.key(), tag.payload());
        }
    }

    private void audio(AudioTag tag, int timestamp) {
        if (tag.codec() == null) {
            complain(tag.codecName() + ", which Sluice does not carry");
        } else if (tag.kind() == TagKind.CONFIGURATION) {
            changed(tracks.configure(tag));
        } else if (tag.kind() == TagKind.FRAME) {
            changed(tracks.describe(tag));
            frame(IngestTracks.audioId(tag.track()), tag.codec(), timestamp, 0, true, tag.payload());
        }
    }

    private void data(Message m) {
        ByteBuf body = m.payload().slice();
        if (m.type() == Message.DATA_AMF3 && body.isReadable()) {
            body.skipBytes(1);
        }
        FlvMetadata metadata = FlvMetadata.read(body);
        if (metadata != null && !declared) {
            tracks.announced(metadata);
            changed(!tracks.isEmpty());
        }
    }

    private void frame(int id, Codec codec, int timestamp, int compositionMillis, boolean key, ByteBuf payload) {
        long dtsMillis = clock.unwrapMillis(timestamp);
        if (!tracks.takes(id, codec)) {
            framesDropped++;
            complain(codec.label() + " before its configuration");
            return;
        }
        if (!payload.isReadable()) {
            return;
        }
        long dts = MediaClock.nanos(dtsMillis);
        long pts = MediaClock.nanos(dtsMillis + compositionMillis);
        if (!tracks.converts(id)) {
            write(id, pts, dts, key, payload);
            return;
        }
        ByteBuf whole = PooledByteBufAllocator.DEFAULT.buffer(payload.readableBytes() * 2);
        try {
            NalUnits.toFourByteLengths(payload, tracks.nalLengthSize(id), whole);
            write(id, pts, dts, key, whole);
        } finally {
            whole.release();
        }
    }

    private void write(int id, long pts, long dts, boolean key, ByteBuf payload) {
        if (declared) {
            publisher.write(id, pts, dts, key, payload);
            return;
        }
        held.add(id, pts, dts, key, payload);
        if (held.full()) {
            declare();
        }
    }

    private void changed(boolean changed) {
        if (!changed) {
            return;
        }
        if (declared || tracks.complete()) {
            declare();
        } else {
            await();
        }
    }

    private void await() {
        if (!waiting) {
            waiting = true;
            peer.connection().schedule(TRACKS_NANOS, () -> {
                if (!declared) {
                    declare();
                }
            });
        }
    }

    private void declare() {
        publisher.tracks(tracks.list());
        if (!declared) {
            declared = true;
            LOG.info("{} publishes {} ({})", peer, stream(), tracks.list().stream().map(Track::toString).collect(Collectors.joining(", ")));
            held.writeTo(publisher);
        }
    }

    /** Each complaint once: what repeats is counted. */
    private void complain(String what) {
        if (complaints.add(what)) {
            LOG.warn("{} sends {} in {}: dropped", peer, what, stream());
        }
    }

    @Override
    public void writable() {
        // a publisher gets answers only
    }

    @Override
    public void stopping(String reason) {
        // a publisher sees that its connection ends, and comes back when it likes
    }

    @Override
    public void close() {
        if (!declared && !tracks.isEmpty()) {
            declare();
        }
        if (framesDropped > 0) {
            LOG.info("{} sent {} frames of {} before their configuration: dropped", peer, framesDropped, stream());
        }
        publisher.close();
    }

    @Override
    public Snapshot snapshot(int schema) {
        return Snapshot.of(schema).put("publisher", publisher.handle()).put("tracks", tracks.snapshot(schema)).put("held", held.snapshot(schema))
            .put("declared", declared).put("clockRunning", clock.running()).put("clockMillis", clock.lastMillis()).put("framesDropped", framesDropped).build();
    }

    /** Parses everything, then takes the handle. */
    static PublishSession resume(Peer peer, Fields fields) {
        IngestTracks tracks = IngestTracks.from(fields.required("tracks"));
        HeldFrames held = HeldFrames.from(fields.list("held"));
        MediaClock clock = new MediaClock(fields.flag("clockRunning", false), fields.number("clockMillis", 0));
        boolean declared = fields.flag("declared", true);
        Publisher publisher = peer.streams().publisher(fields.handle("publisher"), peer.connection());
        PublishSession session = new PublishSession(peer, publisher, tracks, held, clock);
        session.declared = declared;
        session.framesDropped = fields.number("framesDropped", 0);
        if (!declared && !tracks.isEmpty()) {
            session.await();
        }
        return session;
    }
}
