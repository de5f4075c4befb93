package io.sluice.process.ffmpeg.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.process.ProcessRequest;
import io.sluice.api.process.ProcessRun;
import io.sluice.api.process.ProcessSink;
import io.sluice.testkit.Await;
import io.sluice.testkit.client.Ffmpeg;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tone comes in as Opus and is heard as AAC. */
class FfmpegProcessTest {
    private static final Track OPUS = Track.audio(2, Codec.OPUS, new byte[] {1, 2, 0, 0, (byte) 0x80, (byte) 0xbb, 0, 0, 0, 0, 0}, 48_000, 2);
    private static final long PACKET = 20_000_000;
    private static final int TONE = 700;

    private final FfmpegProcess process = new FfmpegProcess("ffmpeg", 96_000);
    private final Ear ear = new Ear();

    @TempDir
    Path folder;

    /** Keeps what comes out. */
    private static final class Ear implements ProcessSink {
        private final List<Long> times = new ArrayList<>();
        private final List<String> failures = new CopyOnWriteArrayList<>();
        private final ByteArrayOutputStream adts = new ByteArrayOutputStream();

        @Override
        public void write(long ptsNanos, boolean key, ByteBuf payload) {
            times.add(ptsNanos);
            byte[] bytes = new byte[payload.readableBytes()];
            payload.getBytes(payload.readerIndex(), bytes);
            int length = bytes.length + 7;
            adts.writeBytes(new byte[] {(byte) 0xff, (byte) 0xf1, 0x4c, (byte) (0x80 | length >> 11), (byte) (length >> 3), (byte) (length << 5 | 0x1f), (byte) 0xfc});
            adts.writeBytes(bytes);
        }

        @Override
        public void failed(String reason) {
            failures.add(reason);
        }
    }

    /** Packets of a tone, one after the other. */
    private static final class Flute {
        private final OpusEncoder encoder;
        private long samples;

        private Flute() throws Exception {
            encoder = new OpusEncoder(48_000, 2, OpusApplication.OPUS_APPLICATION_AUDIO);
            encoder.setComplexity(1);
        }

        private Frame next(long ptsNanos) throws Exception {
            short[] pcm = new short[1920];
            for (int i = 0; i < 960; i++, samples++) {
                pcm[2 * i] = (short) (16_000 * Math.sin(2 * Math.PI * TONE * samples / 48_000));
                pcm[2 * i + 1] = pcm[2 * i];
            }
            byte[] packet = new byte[1275];
            int length = encoder.encode(pcm, 0, 960, packet, 0, packet.length);
            return new Frame(0, OPUS, new Tracks(0, List.of(OPUS)), ptsNanos, ptsNanos, true, 0, Unpooled.wrappedBuffer(packet, 0, length));
        }
    }

    private ProcessRun start() {
        return process.start(new ProcessRequest("mine", OPUS, process.output(OPUS, Set.of(Codec.AAC)), ear, Runnable::run));
    }

    /** Plays until so many frames of AAC have come out; what comes out is taken when something goes in. */
    private static long play(ProcessRun run, Flute flute, Ear ear, long from, int frames) {
        long[] at = {from};
        Await.until(() -> frames + " frames of AAC; found " + ear.times.size() + " " + ear.failures, Duration.ofSeconds(60), () -> {
            run.write(flute.next(at[0]));
            at[0] += PACKET;
            return ear.times.size() >= frames || !ear.failures.isEmpty();
        });
        assertEquals(List.of(), ear.failures);
        return at[0];
    }

    private short[] heard() throws Exception {
        Path aac = Files.write(folder.resolve("heard.aac"), ear.adts.toByteArray());
        Path raw = folder.resolve("heard.raw");
        Ffmpeg.installed().run(List.of("-i", aac.toString(), "-f", "s16le", "-ac", "1", raw.toString())).output(Duration.ofSeconds(60));
        ShortBuffer samples = ByteBuffer.wrap(Files.readAllBytes(raw)).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        short[] out = new short[samples.remaining()];
        samples.get(out);
        return out;
    }

    @Test
    void theToneIsHeardAtItsPitchFromTheFirstMomentOn() throws Exception {
        Flute flute = new Flute();
        try (ProcessRun run = start()) {
            // what a stream has already comes all at once
            for (int i = 0; i < 400; i++) {
                run.write(flute.next(5_000_000_000L + i * PACKET));
            }
            play(run, flute, ear, 5_000_000_000L + 400 * PACKET, 370);
        }
        assertEquals(5_000_000_000L, ear.times.get(0));
        assertEquals(LongStream.range(0, 370).mapToObj(i -> 5_000_000_000L + i * 1024 * 1_000_000_000L / 48_000).toList(), ear.times.subList(0, 370));
        short[] sound = heard();
        int crossings = 0;
        double sum = 0;
        for (int i = 48_000; i < 48_000 * 7; i++) {
            crossings += sound[i - 1] < 0 && sound[i] >= 0 ? 1 : 0;
            sum += (double) sound[i] * sound[i];
        }
        assertEquals(TONE * 6, crossings, 2, "pitch");
        assertEquals(16_000 / Math.sqrt(2), Math.sqrt(sum / (48_000 * 6)), 600, "loudness");
    }

    @Test
    void aJumpOfTheClockIsFollowed() throws Exception {
        Flute flute = new Flute();
        try (ProcessRun run = start()) {
            play(run, flute, ear, 0, 20);
            play(run, flute, ear, 100_000_000_000L, ear.times.size() + 20);
        }
        assertTrue(ear.times.contains(100_000_000_000L), ear.times.toString());
    }

    @Test
    void aChildThatEndsIsTold() throws Exception {
        FfmpegProcess wrong = new FfmpegProcess("/bin/false", 1);
        Flute flute = new Flute();
        try (ProcessRun run = wrong.start(new ProcessRequest("mine", OPUS, process.output(OPUS, Set.of(Codec.AAC)), ear, Runnable::run))) {
            Await.until("a failure", Duration.ofSeconds(20), () -> {
                run.write(flute.next(0));
                return !ear.failures.isEmpty();
            });
        }
        assertTrue(ear.failures.get(0).startsWith("ffmpeg ended: "), ear.failures.toString());
    }

    @Test
    void whereThereIsNoProgramNothingIsPromised() {
        assertNull(new FfmpegProcess("no-such-program", 1).output(OPUS, Set.of(Codec.AAC)));
        assertNull(process.output(OPUS, Set.of(Codec.MP3)));
        assertEquals("AAC 48000 Hz 2 ch", process.output(OPUS, Set.of(Codec.AAC)).toString());
    }
}
