package io.sluice.admin.shell.internal;

import io.sluice.api.media.Tracks;
import io.sluice.api.net.Connections;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.Streams;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** sluice:streams, stream, readers, feeds. Gogo finds the methods by name. */
@Component(service = StreamCommands.class, property = {"osgi.command.scope=sluice", "osgi.command.function=streams", "osgi.command.function=stream",
    "osgi.command.function=readers", "osgi.command.function=feeds"})
public final class StreamCommands {
    private final Streams streams;
    private final Connections connections;

    @Activate
    public StreamCommands(@Reference Streams streams, @Reference Connections connections) {
        this.streams = streams;
        this.connections = connections;
    }

    public String streams() {
        Table t = new Table("STREAM", "STATE", "FOR", "VIEWERS", "RATE", "TRACKS", "FROM", "PROBLEM");
        streams.list().stream().sorted(Comparator.comparing(StreamInfo::name))
            .forEach(s -> t.row(s.name(), s.state(), age(s.sinceMillis()), s.viewers(), Quantity.bits(s.bitsPerSecond()), tracks(s.tracks()), s.publisher(), s.problem()));
        return t.or("no stream is configured or live") + (streams.open() ? "\n\nOPEN: anybody may publish any name without a key" : "");
    }

    public String stream(String name) {
        StreamInfo s = streams.info(name);
        if (s.configuration().isEmpty() && s.state() == StreamInfo.State.OFFLINE) {
            throw new IllegalArgumentException("no configuration covers the name '" + name + "'; sluice:streams lists what there is");
        }
        Table t = new Table("STREAM", s.name()).row("state", s.state() + " for " + age(s.sinceMillis())).row("configuration", s.configuration())
            .row("from", s.publisher()).row("tracks", tracks(s.tracks())).row("B-frames", s.hasBFrames() ? "yes" : "no")
            .row("buffered", Quantity.duration(s.lastMillis() - s.firstMillis()) + " (" + s.firstMillis() + " to " + s.lastMillis() + " ms)")
            .row("rate", Quantity.bits(s.bitsPerSecond())).row("frames in", s.framesIn()).row("skipped", s.framesSkipped() + " by slow viewers")
            .row("last key frame", s.lastKeyMillis() == 0 ? "none" : age(s.lastKeyMillis()) + " ago").row("viewers", s.viewers())
            .row("fallback", s.fallback()).row("problem", s.problem());
        return t.toString();
    }

    public String readers() {
        return readers(playing());
    }

    /** @param stream only those of this stream */
    public String readers(String stream) {
        return readers(playing().stream().filter(c -> c.stream().equals(stream)).toList());
    }

    /** A feed is made once for each stream, form and version that muxes it; the API does not list them, so this groups those who read. */
    public String feeds() {
        Map<List<String>, Long> groups = playing().stream()
            .collect(Collectors.groupingBy(c -> List.of(c.stream(), c.protocol(), c.plugin()), () -> new TreeMap<>(Comparator.comparing(List::toString)),
                Collectors.counting()));
        Table t = new Table("STREAM", "PROTOCOL", "MUXED BY", "VIEWERS");
        groups.forEach((key, viewers) -> t.row(key.get(0), key.get(1), key.get(2), viewers));
        return t.or("nobody watches") + "\n\nGrouped from connections. Viewers by HTTP segments count only while a request runs; what a feed buffers is not shown.";
    }

    private List<Connections.Info> playing() {
        return connections.list().stream().filter(c -> c.role().equals("play")).toList();
    }

    private static String readers(List<Connections.Info> playing) {
        Table t = new Table("ID", "STREAM", "PEER", "PROTOCOL", "FOR", "SENT", "HANDOVERS");
        playing.forEach(c -> t.row(c.id(), c.stream(), c.remote(), c.protocol(), age(c.sinceMillis()), Quantity.bytes(c.bytesOut()), c.handovers()));
        return t.or("nobody watches");
    }

    private static String tracks(Tracks tracks) {
        return tracks == null || tracks.list().isEmpty() ? "-" : tracks.list().stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String age(long sinceMillis) {
        return sinceMillis == 0 ? "-" : Quantity.duration(System.currentTimeMillis() - sinceMillis);
    }
}
