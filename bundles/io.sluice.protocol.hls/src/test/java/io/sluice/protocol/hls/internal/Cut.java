package io.sluice.protocol.hls.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Frame;
import io.sluice.api.media.MediaKind;
import io.sluice.api.net.Snapshot;
import io.sluice.api.stream.Segment;
import io.sluice.api.stream.Segmenter;
import io.sluice.format.codec.AdtsHeader;
import io.sluice.format.codec.NalUnits;
import io.sluice.format.mpegts.TsOptions;
import io.sluice.format.mpegts.TsReader;
import io.sluice.format.mpegts.TsUnit;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Drives segmenters and reads back what they cut. Close releases the segments. */
final class Cut implements AutoCloseable {
    static final BuildChoices ONE = new BuildChoices(new TsOptions(200, 4), 1);
    static final BuildChoices TWO = new BuildChoices(new TsOptions(7, 1), 2);
    static final long TARGET = 2 * Media.SECOND;

    final List<Segment> segments = new ArrayList<>();
    private Segmenter segmenter;

    Cut(BuildChoices choices) {
        segmenter = format(choices).open(TARGET, null);
    }

    static HlsFormat format(BuildChoices choices) {
        return new HlsFormat(Config.of(Map.of()), choices, Clock.fixed(Instant.ofEpochMilli(Media.WALL), ZoneOffset.UTC));
    }

    Cut write(List<Frame> frames) {
        frames.forEach(f -> segmenter.write(f, segments::add));
        return this;
    }

    Snapshot finish() {
        return segmenter.finish(segments::add);
    }

    /** As the core does it at a key frame. */
    Cut handOver(BuildChoices choices) {
        return handOver(choices, TARGET);
    }

    Cut handOver(BuildChoices choices, long targetNanos) {
        segmenter = format(choices).open(targetNanos, finish());
        return this;
    }

    List<Double> seconds() {
        return segments.stream().map(s -> s.durationNanos() / 1e9).toList();
    }

    /** Payloads by kind, over all segments, each read as a player would who has only that segment's tables; nothing may be objectionable. */
    Map<MediaKind, List<String>> payloads() {
        Map<MediaKind, List<String>> out = new TreeMap<>();
        TsReader reader = new TsReader(unit -> collect(unit, out));
        for (Segment s : segments) {
            assertEquals(0x47400010, s.data().getInt(0) & 0xfffffff0, "begins with a PAT");
            reader.nextSegment();
            // a copy on the heap: each look at a tracked buffer costs a stack trace in tests
            reader.read(Unpooled.wrappedBuffer(ByteBufUtil.getBytes(s.data())));
        }
        reader.end();
        assertEquals(List.of(), reader.problems());
        return out;
    }

    private static void collect(TsUnit unit, Map<MediaKind, List<String>> out) {
        ByteBuf in = Unpooled.wrappedBuffer(unit.payload());
        if (unit.isVideo()) {
            NalUnits.forEachAnnexB(in, (offset, length) -> {
                int type = NalUnits.type(Codec.H264, in, offset);
                if (type == 1 || type == 5) {
                    add(out, MediaKind.VIDEO, in.slice(offset, length));
                }
            });
            return;
        }
        while (in.isReadable()) {
            int length = AdtsHeader.parse(in).frameBytes();
            add(out, MediaKind.AUDIO, in.readSlice(length).skipBytes(AdtsHeader.BYTES));
        }
    }

    static Map<MediaKind, List<String>> wanted(List<Frame> frames) {
        Map<MediaKind, List<String>> out = new TreeMap<>();
        for (Frame f : frames) {
            int skip = f.isVideo() ? 4 : 0;
            add(out, f.track().kind(), f.payload().slice(skip, f.payload().readableBytes() - skip));
        }
        return out;
    }

    private static void add(Map<MediaKind, List<String>> out, MediaKind kind, ByteBuf payload) {
        out.computeIfAbsent(kind, k -> new ArrayList<>()).add(payload.hashCode() + ":" + payload.readableBytes());
    }

    @Override
    public void close() {
        segments.forEach(s -> assertEquals(true, s.data().release(), "the only reference"));
    }
}
