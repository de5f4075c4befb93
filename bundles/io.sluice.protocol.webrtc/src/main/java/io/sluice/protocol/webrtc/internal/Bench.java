package io.sluice.protocol.webrtc.internal;

import io.sluice.api.dtls.Dtls;
import io.sluice.api.stream.Streams;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** What all sessions of this version share. Any thread. */
final class Bench {
    private final Streams streams;
    private final Dtls dtls;
    private final LongSupplier nanoClock;
    private final Map<String, PeerSession> sessions = new ConcurrentHashMap<>();
    /** Who publishes each stream from here: viewers ask it for key frames. */
    private final Map<String, IngestMedia> publishers = new ConcurrentHashMap<>();
    private volatile Settings settings;

    Bench(Streams streams, Dtls dtls, LongSupplier nanoClock, Settings settings) {
        this.streams = streams;
        this.dtls = dtls;
        this.nanoClock = nanoClock;
        this.settings = settings;
    }

    Streams streams() {
        return streams;
    }

    Dtls dtls() {
        return dtls;
    }

    long nanos() {
        return nanoClock.getAsLong();
    }

    Settings settings() {
        return settings;
    }

    void settings(Settings changed) {
        settings = changed;
    }

    /** Null where there is none of this secret. */
    PeerSession session(String id) {
        return sessions.get(id);
    }

    void add(PeerSession session) {
        sessions.put(session.id(), session);
    }

    void remove(PeerSession session) {
        sessions.remove(session.id(), session);
    }

    void publishes(String stream, IngestMedia media) {
        publishers.put(stream, media);
    }

    void publishesNoMore(String stream, IngestMedia media) {
        publishers.remove(stream, media);
    }

    /** A viewer cannot go on without one. */
    void wantKeyFrame(String stream) {
        IngestMedia publisher = publishers.get(stream);
        if (publisher != null) {
            publisher.wantKeyFrame();
        }
    }
}
