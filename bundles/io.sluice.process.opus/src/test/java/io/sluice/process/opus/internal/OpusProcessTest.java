package io.sluice.process.opus.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.process.ProcessRequest;
import io.sluice.api.process.ProcessRun;
import io.sluice.api.process.ProcessSink;
import io.sluice.format.codec.TrackOf;
import io.sluice.testkit.client.Ffmpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tone is published as AAC and heard as Opus. */
class OpusProcessTest {
    private static final long MILLI = 1_000_000;
    private static final int TONE = 1000;
    private static final double AMPLITUDE = 0.5;

    private final OpusProcess process = new OpusProcess(new OpusSettings(96_000, 2));
    private final Ear ear = new Ear();

    @TempDir
    Path folder;

    /** Keeps what comes out. */
    private static final class Ear implements ProcessSink {
        private final List<Long> times = new ArrayList<>();
        private final List<byte[]> packets = new ArrayList<>();

        @Override
        public void write(long ptsNanos, boolean key, ByteBuf payload) {
            times.add(ptsNanos);
            byte[] packet = new byte[payload.readableBytes()];
            payload.getBytes(payload.readerIndex(), packet);
            packets.add(packet);
        }

        @Override
        public void failed(String reason) {
            throw new AssertionError(reason);
        }

        /** One channel of all that is heard. */
        private float[] heard(int channels, int channel) throws Exception {
            OpusDecoder decoder = new OpusDecoder(48_000, channels);
            short[] pcm = new short[5760 * channels];
            float[] out = new float[packets.size() * 960];
            int at = 0;
            for (byte[] packet : packets) {
                int samples = decoder.decode(packet, 0, packet.length, pcm, 0, 5760, false);
                for (int i = 0; i < samples; i++) {
                    out[at++] = pcm[i * channels + channel] / 32768f;
                }
            }
            return Arrays.copyOf(out, at);
        }
    }

    /** AAC of a tone, without ADTS. */
    private List<byte[]> tone(int seconds, int rate, int channels) throws IOException {
        Path file = folder.resolve("tone" + rate + channels + ".aac");
        Ffmpeg.installed().make(file, List.of("-f", "lavfi", "-i", "aevalsrc=" + String.join("|", Collections.nCopies(channels, AMPLITUDE + "*sin(2*PI*" + TONE + "*t)")) + ":s=" + rate, "-t",
            Integer.toString(seconds), "-c:a", "aac", "-b:a", "128k", "-ac", Integer.toString(channels)));
        byte[] all = Files.readAllBytes(file);
        List<byte[]> frames = new ArrayList<>();
        for (int at = 0; at < all.length;) {
            int length = (all[at + 3] & 3) << 11 | (all[at + 4] & 0xff) << 3 | (all[at + 5] & 0xff) >> 5;
            frames.add(Arrays.copyOfRange(all, at + 7, at + length));
            at += length;
        }
        return frames;
    }

    private ProcessRun start(Track input) {
        Track output = process.output(input, Set.of(Codec.OPUS, Codec.H264));
        return process.start(new ProcessRequest("mine", input, output, ear, Runnable::run));
    }

    private static Frame frame(Track track, long ptsNanos, byte[] bytes) {
        return new Frame(0, track, new Tracks(0, List.of(track)), ptsNanos, ptsNanos, true, 0, Unpooled.wrappedBuffer(bytes));
    }

    /** Writes with times in whole milliseconds, as RTMP has them. */
    private void play(Track track, List<byte[]> frames, int rate) {
        try (ProcessRun run = start(track)) {
            for (int i = 0; i < frames.size(); i++) {
                run.write(frame(track, (7000 + i * 1024L * 1000 / rate) * MILLI, frames.get(i)));
            }
        }
    }

    private void hears(float[] sound, String what) {
        assertEquals(TONE, pitch(sound), 1, "pitch of " + what);
        double sum = 0;
        for (int i = 4800; i < sound.length - 4800; i++) {
            sum += sound[i] * sound[i];
        }
        assertEquals(AMPLITUDE / Math.sqrt(2), Math.sqrt(sum / (sound.length - 9600)), 0.02, "loudness of " + what);
    }

    /** Hz, by the times of upward crossings of nought. */
    private static double pitch(float[] sound) {
        double first = -1;
        double last = 0;
        int count = 0;
        for (int i = 4800; i < sound.length - 4800; i++) {
            if (sound[i - 1] < 0 && sound[i] >= 0) {
                last = i - sound[i] / (sound[i] - sound[i - 1]);
                first = first < 0 ? last : first;
                count++;
            }
        }
        return (count - 1) * 48_000.0 / (last - first);
    }

    @Test
    void theToneIsHeardAtItsPitchAndLoudnessAndDoesNotDrift() throws Exception {
        for (int rate : new int[] {48_000, 44_100, 22_050}) {
            ear.packets.clear();
            ear.times.clear();
            List<byte[]> frames = tone(15, rate, 2);
            Track track = TrackOf.aac(3, HexFormat.of().parseHex(rate == 48_000 ? "1190" : rate == 44_100 ? "1210" : "1390"));
            play(track, frames, rate);
            hears(ear.heard(2, 0), rate + " Hz, left");
            hears(ear.heard(2, 1), rate + " Hz, right");
            long media = frames.size() * 1024L * 1000 * MILLI / rate;
            assertEquals(media, ear.times.size() * 20 * MILLI, 25 * MILLI, "as much comes out as goes in");
            assertEquals(7000 * MILLI - 6_500_000, ear.times.get(0), "what is heard first is the first sample");
            for (int i = 1; i < ear.times.size(); i++) {
                assertEquals(20 * MILLI, ear.times.get(i) - ear.times.get(i - 1), 1, "packet " + i);
            }
        }
    }

    @Test
    void oneChannelStaysOneAndManyBecomeTwo() throws Exception {
        Track mono = TrackOf.aac(1, HexFormat.of().parseHex("1188"));
        play(mono, tone(2, 48_000, 1), 48_000);
        hears(ear.heard(1, 0), "one channel");
        assertEquals("Opus 48000 Hz 1 ch", process.output(mono, Set.of(Codec.OPUS)).toString());
        assertEquals("Opus 48000 Hz 2 ch", process.output(TrackOf.aac(1, HexFormat.of().parseHex("11b0")), Set.of(Codec.OPUS)).toString());
    }

    @Test
    void framesThatCannotBeReadAreConcealedAndTheClockGoesOn() throws Exception {
        List<byte[]> frames = tone(4, 48_000, 2);
        Random random = new Random(4);
        for (int i = 20; i < frames.size(); i += 40) {
            random.nextBytes(frames.get(i));
        }
        frames.set(50, new byte[0]);
        play(TrackOf.aac(1, HexFormat.of().parseHex("1190")), frames, 48_000);
        assertEquals(frames.size() * 1024 / 960, ear.times.size(), 1);
        assertTrue(ear.packets.stream().allMatch(p -> p.length > 2));
        for (int i = 1; i < ear.times.size(); i++) {
            assertEquals(20 * MILLI, ear.times.get(i) - ear.times.get(i - 1), 1, "packet " + i);
        }
    }

    @Test
    void aGapIsAGapInTheOutputToo() throws Exception {
        List<byte[]> frames = tone(1, 48_000, 2);
        Track track = TrackOf.aac(1, HexFormat.of().parseHex("1190"));
        try (ProcessRun run = start(track)) {
            for (int i = 0; i < frames.size(); i++) {
                run.write(frame(track, i * 21_333_333L + (i < 20 ? 0 : 1_000 * MILLI), frames.get(i)));
            }
        }
        long widest = 0;
        for (int i = 1; i < ear.times.size(); i++) {
            widest = Math.max(widest, ear.times.get(i) - ear.times.get(i - 1));
        }
        assertEquals(1_000 * MILLI, widest, 60 * MILLI);
    }

    @Test
    void whatItDoesNotKnowItLeavesToOthers() {
        Set<Codec> opus = Set.of(Codec.OPUS);
        assertNull(process.output(TrackOf.aac(1, HexFormat.of().parseHex("1190")), Set.of(Codec.MP3)));
        assertNull(process.output(TrackOf.mp3(1, 48_000, 2), opus));
        assertNull(process.output(TrackOf.aac(1, HexFormat.of().parseHex("2b920800")), opus), "HE-AAC");
    }
}
