package io.sluice.format.mpegts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.format.codec.AdtsHeader;
import io.sluice.format.codec.NalUnits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TsMuxerTest {
    private static final List<Track> TRACKS = List.of(Clip.VIDEO, Clip.AUDIO);
    private static final TsOptions ONE = new TsOptions(40, 1);
    private static final TsOptions TWO = new TsOptions(100, 5);

    private static ByteBuf mux(TsMuxer muxer, List<Clip.Frame> frames) {
        ByteBuf out = Unpooled.buffer();
        muxer.tables(out);
        frames.forEach(f -> assertTrue(muxer.write(f.track().id(), f.pts(), f.dts(), f.key(), f.payload(), out)));
        muxer.flush(out);
        return out;
    }

    private static List<TsUnit> read(ByteBuf... parts) {
        List<TsUnit> units = new ArrayList<>();
        TsReader reader = new TsReader(units::add);
        for (ByteBuf part : parts) {
            reader.read(part);
        }
        reader.end();
        assertEquals(List.of(), reader.problems());
        return units;
    }

    /** Payloads by PID as the tracks had them, delimiters and parameter sets and ADTS headers taken out. */
    private static Map<Integer, List<String>> payloads(List<TsUnit> units) {
        Map<Integer, List<String>> out = new HashMap<>();
        for (TsUnit u : units) {
            List<String> list = out.computeIfAbsent(u.pid(), p -> new ArrayList<>());
            ByteBuf in = Unpooled.wrappedBuffer(u.payload());
            if (u.isVideo()) {
                NalUnits.forEachAnnexB(in, (offset, length) -> {
                    int type = NalUnits.type(Codec.H264, in, offset);
                    if (type != 9 && type != 7 && type != 8) {
                        list.add(in.slice(offset, length).hashCode() + ":" + length);
                    }
                });
            } else {
                while (in.isReadable()) {
                    AdtsHeader header = AdtsHeader.parse(in);
                    list.add(in.slice(in.readerIndex() + 7, header.frameBytes() - 7).hashCode() + ":" + (header.frameBytes() - 7));
                    in.skipBytes(header.frameBytes());
                }
            }
        }
        return out;
    }

    private static Map<Integer, List<String>> wanted(List<Clip.Frame> frames) {
        Map<Integer, List<String>> out = new HashMap<>();
        for (Clip.Frame f : frames) {
            ByteBuf in = f.payload();
            int skip = f.track() == Clip.VIDEO ? 4 : 0;
            ByteBuf body = in.slice(skip, in.readableBytes() - skip);
            out.computeIfAbsent(f.track() == Clip.VIDEO ? 0x100 : 0x101, p -> new ArrayList<>()).add(body.hashCode() + ":" + body.readableBytes());
        }
        return out;
    }

    @Test
    void everyFrameComesOutOnceWithItsTimes() {
        List<Clip.Frame> frames = Clip.of(0, 4);
        List<TsUnit> units = read(mux(new TsMuxer(TRACKS, ONE, TsState.NEW, false), frames));
        assertEquals(wanted(frames), payloads(units));
        List<Clip.Frame> pictures = frames.stream().filter(f -> f.track() == Clip.VIDEO).toList();
        List<TsUnit> seen = units.stream().filter(TsUnit::isVideo).toList();
        for (int i = 0; i < pictures.size(); i++) {
            assertEquals(TsClock.ticks(pictures.get(i).pts()), seen.get(i).pts());
            assertEquals(TsClock.ticks(pictures.get(i).dts()), seen.get(i).dts());
            assertEquals(pictures.get(i).key(), seen.get(i).randomAccess());
        }
    }

    @Test
    void theClockRunsBehindEveryDecodingTimeAndNeverRestsLongerThanATenthOfASecond() {
        List<Clip.Frame> slow = Clip.of(0, 4).stream().filter(f -> f.track() == Clip.AUDIO || f.key()).toList();
        List<TsUnit> units = read(mux(new TsMuxer(TRACKS, ONE, TsState.NEW, false), slow));
        long last = -1;
        for (TsUnit u : units) {
            assertTrue(u.pcr() >= 0 && u.pcr() <= u.dts(), u.pcr() + " " + u.dts());
            assertTrue(last < 0 || u.pcr() - last <= 9_000, "PCR gap " + (u.pcr() - last));
            last = u.pcr();
        }
    }

    @Test
    void twoPackingsDifferInBytesAndCarryTheSameFrames() {
        List<Clip.Frame> frames = Clip.of(0, 3);
        ByteBuf one = mux(new TsMuxer(TRACKS, ONE, TsState.NEW, false), frames);
        ByteBuf two = mux(new TsMuxer(TRACKS, TWO, TsState.NEW, false), frames);
        assertNotEquals(one, two);
        assertTrue(two.readableBytes() < one.readableBytes());
        assertEquals(payloads(read(one)), payloads(read(two)));
    }

    @Test
    void countersGoOnFromOneMuxerToTheNext() {
        List<Clip.Frame> frames = Clip.of(0, 4);
        List<Clip.Frame> first = frames.subList(0, 130);
        List<Clip.Frame> second = frames.subList(130, frames.size());
        TsMuxer old = new TsMuxer(TRACKS, ONE, TsState.NEW, false);
        ByteBuf a = mux(old, first);
        ByteBuf b = mux(new TsMuxer(TRACKS, TWO, old.state(), false), second);
        assertEquals(wanted(frames), payloads(read(a, b)));
    }

    @Test
    void timestampsWrapAfter33BitsWithoutAStep() {
        long start = (TsClock.WRAP - 2 * 90_000) * 100_000 / 9;
        List<Clip.Frame> frames = Clip.of(start, 4);
        List<TsUnit> units = read(mux(new TsMuxer(TRACKS, ONE, TsState.NEW, false), frames));
        assertTrue(units.stream().anyMatch(u -> u.dts() > TsClock.WRAP - 90_000));
        assertTrue(units.stream().anyMatch(u -> u.dts() < 90_000));
        TsUnit last = null;
        for (TsUnit u : units.stream().filter(TsUnit::isVideo).toList()) {
            assertTrue(last == null || TsClock.distance(last.dts(), u.dts()) == 3600);
            last = u;
        }
    }

    @Test
    void timesThatRoundToOneTickStayInOrder() {
        ByteBuf out = Unpooled.buffer();
        TsMuxer muxer = new TsMuxer(TRACKS, ONE, TsState.NEW, false);
        muxer.tables(out);
        Clip.Frame frame = Clip.of(0, 1).get(0);
        for (int i = 0; i < 5; i++) {
            muxer.write(1, i, i, i == 0, frame.payload(), out);
        }
        List<TsUnit> units = read(out);
        assertEquals(List.of(90_000L, 90_001L, 90_002L, 90_003L, 90_004L), units.stream().map(TsUnit::dts).toList());
    }

    @Test
    void ticksAreRoundedAndKeepTheirOrderForAnyClock() {
        assertEquals(TsClock.OFFSET_TICKS, TsClock.ticks(0));
        assertEquals(TsClock.OFFSET_TICKS + 90_000, TsClock.ticks(1_000_000_000L));
        assertEquals(TsClock.OFFSET_TICKS - 3, TsClock.ticks(-33_333));
        long epoch = 1_800_000_000L * 1_000_000_000L;
        assertEquals(1_800_000_000L * 90_000 + TsClock.OFFSET_TICKS, TsClock.ticks(epoch));
        assertEquals(2, TsClock.distance(TsClock.WRAP - 1, 1));
        assertEquals(-2, TsClock.distance(1, TsClock.WRAP - 1));
    }

    @Test
    void aKeyFrameHasADelimiterAndParameterSetsInFront() {
        Clip.Frame key = Clip.of(0, 1).get(0);
        ByteBuf out = Unpooled.buffer();
        TsMuxer muxer = new TsMuxer(TRACKS, ONE, TsState.NEW, false);
        muxer.tables(out);
        muxer.write(1, 0, 0, true, key.payload(), out);
        byte[] payload = read(out).get(0).payload();
        List<Integer> types = new ArrayList<>();
        ByteBuf in = Unpooled.wrappedBuffer(payload);
        NalUnits.forEachAnnexB(in, (offset, length) -> types.add(NalUnits.type(Codec.H264, in, offset)));
        assertEquals(List.of(9, 7, 8, 5), types);
        assertArrayEquals(new byte[] {0, 0, 0, 1, 9, (byte) 0xf0}, Arrays.copyOf(payload, 6));
    }

    @Test
    void aBrokenFrameIsRefusedAndLeavesNoTrace() {
        ByteBuf out = Unpooled.buffer();
        TsMuxer muxer = new TsMuxer(TRACKS, ONE, TsState.NEW, false);
        ByteBuf broken = Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 9, 0x65});
        assertThrows(IllegalArgumentException.class, () -> muxer.write(1, 0, 0, true, broken, out));
        assertEquals(0, out.readableBytes());
        assertEquals(List.of(), List.copyOf(muxer.state().continuity().keySet()));
    }

    @Test
    void whatATransportStreamCannotCarryIsNamed() {
        assertEquals("AV1 video cannot travel in MPEG-TS", TsMuxer.problem(Track.video(1, Codec.AV1, new byte[0], 0, 0)));
        assertEquals("Opus sound cannot travel in MPEG-TS", TsMuxer.problem(Track.audio(1, Codec.OPUS, new byte[0], 48000, 2)));
        assertEquals("", TsMuxer.problem(Clip.VIDEO));
        assertTrue(TsMuxer.problem(Track.video(1, Codec.H264, new byte[3], 0, 0)).startsWith("H.264 cannot travel"));
    }

    @Test
    void theReaderSeesALostPacketAndARepeatedOne() {
        ByteBuf whole = mux(new TsMuxer(TRACKS, ONE, TsState.NEW, false), Clip.of(0, 1));
        TsReader lost = new TsReader(u -> { });
        lost.read(Unpooled.wrappedBuffer(whole.slice(0, 188 * 20), whole.slice(188 * 21, 188 * 10)));
        assertTrue(lost.problems().toString().contains("continuity counter"), lost.problems().toString());
        TsReader repeated = new TsReader(u -> { });
        repeated.read(Unpooled.wrappedBuffer(whole.slice(0, 188 * 20), whole.slice(188 * 19, 188 * 10)));
        assertTrue(repeated.problems().toString().contains("continuity counter"), repeated.problems().toString());
    }
}
