package io.sluice.target.file.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Frame;
import io.sluice.format.flv.FlvReader;
import io.sluice.format.flv.FlvTag;
import io.sluice.format.mpegts.TsClock;
import io.sluice.format.mpegts.TsReader;
import io.sluice.format.mpegts.TsUnit;
import io.sluice.testkit.client.Ffmpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times that no longer fit: FLV has 32 bits of milliseconds (49.7 days), MPEG-TS 33 bits of 90 kHz (26.5 hours). */
class WrapTest {
    private static final long FLV_NANOS = (1L << 32) * 1_000_000;
    private static final long TS_NANOS = TsClock.WRAP * 100_000 / 9;
    /** So long before it wraps the film begins, which has 24. */
    private static final long BEFORE_NANOS = 12 * Film.SECOND;
    private static final long STEP_MILLIS = 34;

    @TempDir
    Path root;
    private Studio studio;

    @BeforeEach
    void open() {
        studio = new Studio(root);
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private Path record(String target, List<Frame> frames) {
        Studio.Push push = studio.start(target).play(frames);
        assertEquals("", push.finish());
        return Path.of(push.recording.path());
    }

    @ParameterizedTest
    @CsvSource({"ts", "flv", "mkv", "mp4"})
    void aStreamThatWrapsIsNothingToAFile(String format) throws IOException {
        for (long wrap : List.of(FLV_NANOS, TS_NANOS)) {
            Ffmpeg.Probe probe = Ffmpeg.installed().packets(record("show." + format, Film.of(0, wrap - BEFORE_NANOS, Long.MAX_VALUE)).toString(), 60);
            assertEquals(List.of(), probe.warnings());
            assertEquals(List.of(), probe.notRising("video", "dts_time"));
            assertEquals(List.of(), probe.notRising("audio", "pts_time"));
            assertEquals(Film.PICTURES, probe.times("video", "pts_time").size());
            assertEquals(0, probe.times("video", "pts_time").get(0), 2);
        }
    }

    /** A file as it is after so long: its first second, and the time around the wrap. */
    private static List<Frame> around(long wrapNanos) {
        List<Frame> frames = new ArrayList<>(Film.of(0, 0, Film.SECOND));
        frames.addAll(Film.of(0, wrapNanos - BEFORE_NANOS, Long.MAX_VALUE));
        return frames;
    }

    @Test
    void anFlvOfFiftyDaysGoesOnAndSoDoesWhatIsAppended() throws IOException {
        Path file = record("long.flv", around(FLV_NANOS));
        List<Integer> times = times(file);
        int first = times.size() - Film.PICTURES;
        assertTrue(times.get(first) < 0, "the highest bit is set: " + times.get(first));
        assertTrue(times.get(times.size() - 1) > 0, "and the next above it fell away: " + times.get(times.size() - 1));
        rising(times.subList(first, times.size()));
        record("long.flv?append=1", Film.of(0, 0, 4 * Film.SECOND));
        List<Integer> all = times(file);
        assertEquals(times, all.subList(0, times.size()));
        assertEquals(120, all.size() - times.size(), 1);
        rising(all.subList(first, times.size()));
        int gap = all.get(times.size()) - times.get(times.size() - 1);
        assertTrue(gap > 0 && gap < 1000, "the second recording begins " + gap + " ms after the first");
    }

    private static void rising(List<Integer> times) {
        for (int i = 1; i < times.size(); i++) {
            int step = times.get(i) - times.get(i - 1); // modulo 2^32
            assertTrue(step > 0 && step <= STEP_MILLIS, "#" + i + " comes " + step + " ms after the one before");
        }
    }

    /** Of the pictures, as 32 bits. */
    private static List<Integer> times(Path flv) throws IOException {
        ByteBuf in = Unpooled.wrappedBuffer(Files.readAllBytes(flv));
        FlvReader reader = new FlvReader(1 << 24);
        List<Integer> times = new ArrayList<>();
        for (FlvTag tag = reader.next(in); tag != null; tag = reader.next(in)) {
            if (tag.type() == FlvTag.VIDEO && tag.body().readableBytes() > 100) { // no configuration, no end of the stream
                times.add((int) tag.timestampMillis());
            }
        }
        return times;
    }

    @Test
    void aTransportStreamOfADayGoesOnAndSoDoesWhatIsAppended() throws IOException {
        Path file = record("long.ts", around(TS_NANOS));
        List<TsUnit> units = pictures(file);
        int first = units.size() - Film.PICTURES;
        assertTrue(units.get(first).dts() > TsClock.WRAP - 13 * 90_000 && units.get(units.size() - 1).dts() < 14 * 90_000, "it wraps");
        steps(units.subList(first, units.size()));
        record("long.ts?append=1", Film.of(0, 0, 4 * Film.SECOND));
        List<TsUnit> all = pictures(file);
        assertEquals(units.size() + 120, all.size(), 1);
        long gap = TsClock.distance(all.get(units.size() - 1).dts(), all.get(units.size()).dts());
        assertTrue(gap > 0 && gap < 90_000, "the second recording begins " + gap + " ticks after the first");
    }

    private static void steps(List<TsUnit> units) {
        for (int i = 1; i < units.size(); i++) {
            assertEquals(3000, TsClock.distance(units.get(i - 1).dts(), units.get(i).dts()), 2, "#" + i);
        }
    }

    private static List<TsUnit> pictures(Path ts) throws IOException {
        List<TsUnit> units = new ArrayList<>();
        TsReader reader = new TsReader(u -> {
            if (u.isVideo()) {
                units.add(u);
            }
        });
        reader.read(Unpooled.wrappedBuffer(Files.readAllBytes(ts)));
        reader.end();
        return units;
    }
}
