package io.sluice.admin.player.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.net.Connections;
import io.sluice.api.stream.Denied;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.Streams;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** The facts behind the pages, as JSON. From any thread; gives nothing away that the gate keeps: no keys, no publisher's address. */
final class StreamPages {
    /** What browsers take by WebRTC. */
    private static final Set<Codec> BY_WEBRTC = Set.of(Codec.H264, Codec.VP8, Codec.VP9, Codec.AV1, Codec.OPUS, Codec.ALAW, Codec.ULAW);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Streams streams;
    private final Connections connections;
    private final HlsForm hls;
    private final LongSupplier clock;

    /** @param clock Unix epoch, milliseconds */
    StreamPages(Streams streams, Connections connections, HlsForm hls, LongSupplier clock) {
        this.streams = streams;
        this.connections = connections;
        this.hls = hls;
        this.clock = clock;
    }

    /** The streams with media, and those that start when somebody watches. Patterns are no streams. */
    ObjectNode list() {
        ObjectNode out = JSON.objectNode().put("open", streams.open());
        ArrayNode list = out.putArray("streams");
        streams.list().stream().filter(s -> !s.name().contains("*")).sorted(Comparator.comparing(StreamInfo::name)).forEach(s -> {
            ObjectNode one = list.addObject().put("name", s.name()).put("state", s.state().name()).put("page", new Addresses("", s.name(), "", "").page());
            ArrayNode tracks = one.putArray("tracks");
            s.tracks().list().forEach(t -> tracks.add(t.toString()));
        });
        return out;
    }

    /**
     * The stream's information as MistServer words it, and our own additions under "sluice".
     *
     * @param links query that tells who asks, or ""
     */
    ObjectNode info(String name, String origin, String links) {
        StreamInfo info;
        try {
            info = streams.info(name);
        } catch (Denied denied) {
            return JSON.objectNode().put("error", denied.getMessage());
        }
        Addresses addresses = Addresses.of(origin, info.name(), links, connections.listeners());
        Tracks tracks = streams.tracks(info.name(), hls.carries());
        String carries = tracks.list().isEmpty() ? "" : hls.problem(tracks);
        ObjectNode out = playable(info) ? MistInfo.online(info, addresses, hls.plays(tracks), clock.getAsLong()) : instead(info, origin, links);
        out.set("sluice", SluiceInfo.of(info, addresses, carries, streams.open(), clock.getAsLong()).put("whep", whep(info)));
        return out;
    }

    /** What viewers of an offline stream get: its fallback, named, or nothing. */
    private ObjectNode instead(StreamInfo info, String origin, String links) {
        if (info.fallback().isEmpty()) {
            return MistInfo.offline(info);
        }
        StreamInfo other = streams.info(info.fallback());
        ObjectNode out = !playable(other) ? MistInfo.offline(other)
            : MistInfo.online(other, Addresses.of(origin, other.name(), links, connections.listeners()), hls.plays(streams.tracks(other.name(), hls.carries())), clock.getAsLong());
        out.putArray("redirected").add(info.name()).add(other.name());
        return out;
    }

    private static boolean playable(StreamInfo info) {
        return !info.tracks().list().isEmpty() && (info.state() == StreamInfo.State.LIVE || info.state() == StreamInfo.State.GRACE);
    }

    /** WebRTC carries all that the stream has, as it is or as processes make it. */
    private boolean whep(StreamInfo info) {
        List<Track> tracks = streams.tracks(info.name(), BY_WEBRTC).list();
        return !tracks.isEmpty() && !info.hasBFrames() && tracks.stream().allMatch(t -> BY_WEBRTC.contains(t.codec()));
    }
}
