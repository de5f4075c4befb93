package io.sluice.format.mp4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.format.files.Patch;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 29.97 pictures a second and AAC at 48 kHz; with -Dsluice.long six hours of them, else twenty minutes. */
class LongRecordingTest {
    private static final int SECONDS = Boolean.getBoolean("sluice.long") ? 6 * 3600 : 20 * 60;
    private static final long PICTURES = SECONDS * 30_000L / 1001;
    private static final long SOUNDS = SECONDS * 48_000L / 1024;
    /** As much as a Java of its own starts with: the tables of six hours are 12 MB, and a list of their samples would be far more. */
    private static final String HEAP = "-Xmx10m";

    @TempDir
    Path folder;

    /** Entry of the process that has little memory. */
    public static void main(String[] file) throws Exception {
        if (!Mp4Finish.finish(Path.of(file[0]))) {
            throw new IllegalStateException("nothing to be made plain");
        }
    }

    @Test
    void aLongRecordingIsMadePlainInLittleMemoryAndItsClocksDoNotDrift() throws Exception {
        Path file = folder.resolve("long.mp4");
        record(file);
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process finish = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP, "-cp", classes, LongRecordingTest.class.getName(), file.toString())
            .redirectErrorStream(true).redirectOutput(new File(folder.toFile(), "log")).start();
        try {
            assertTrue(finish.waitFor(120, TimeUnit.SECONDS));
        } finally {
            finish.destroyForcibly();
        }
        assertEquals(0, finish.exitValue(), () -> log());
        System.out.println("MP4: " + SECONDS + " s with " + (PICTURES + SOUNDS) + " samples made plain, " + Files.size(file) + " bytes, in a Java of " + HEAP);
        try (FileChannel in = FileChannel.open(file)) {
            Mp4File mp4 = Mp4File.open(in);
            assertEquals(PICTURES, mp4.tracks().get(0).sampleCount());
            assertEquals(SOUNDS, mp4.tracks().get(1).sampleCount());
            assertEquals(PICTURES * 1001 * 1e9 / 30_000, mp4.tracks().get(0).endNanos(), 12_000);
            assertEquals(SOUNDS * 1024 * 1e9 / 48_000, mp4.tracks().get(1).endNanos(), 21_000);
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void record(Path file) throws Exception {
        Mp4Writer writer = new Mp4Writer(List.of(Take.VIDEO, Take.AUDIO), Mp4Options.DEFAULT);
        ByteBuf out = Unpooled.buffer();
        ByteBuf payload = Unpooled.wrappedBuffer(new byte[] {1, 2, 3});
        try (FileChannel to = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long sound = 0;
            for (long picture = 0; picture < PICTURES; picture++) {
                long time = picture * 1_001_000_000_000L / 30_000;
                for (; sound < SOUNDS && sound * 1_024_000_000_000L / 48_000 <= time + 30_000_000; sound++) {
                    long at = sound * 1_024_000_000_000L / 48_000;
                    writer.write(Take.AUDIO.id(), at, at, true, payload, out);
                }
                writer.write(Take.VIDEO.id(), time, time, picture % 60 == 0, payload, out);
                flush(out, to);
            }
            for (; sound < SOUNDS; sound++) {
                writer.write(Take.AUDIO.id(), sound * 1_024_000_000_000L / 48_000, sound * 1_024_000_000_000L / 48_000, true, payload, out);
            }
            List<Patch> patches = writer.finish(out);
            flush(out, to);
            for (Patch patch : patches) {
                to.write(ByteBuffer.wrap(patch.bytes()), patch.offset());
            }
        }
    }

    private static void flush(ByteBuf out, FileChannel to) throws Exception {
        Mp4Finish.write(to, out.nioBuffer());
        out.clear();
    }
}
