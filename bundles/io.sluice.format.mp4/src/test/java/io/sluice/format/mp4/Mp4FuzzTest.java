package io.sluice.format.mp4;

import static io.sluice.format.mp4.BoxWriter.box;
import static io.sluice.format.mp4.BoxWriter.full;
import static io.sluice.format.mp4.BoxWriter.ints;
import static io.sluice.format.mp4.BoxWriter.join;
import static io.sluice.format.mp4.BoxWriter.movie;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.testkit.fuzz.Fuzz;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

public final class Mp4FuzzTest {
    private static final int BYTES_PER_BYTE = 256;
    /** A table says in 8 bytes that millions of samples are alike: they are made one by one as they are asked for. */
    private static final int MOST_SAMPLES = 100;
    private static final Fuzz FUZZ = new Fuzz("MP4", Mp4Exception.class, BYTES_PER_BYTE, Mp4FuzzTest::read);

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] input) {
        FUZZ.once(input);
    }

    @Test
    void damagedFilesAreReadOrRefusedAndCostWhatTheyWeigh() throws Exception {
        byte[] tables = join(full("stts", 0, ints(1, 3, 20)), full("stsz", 0, ints(0, 3, 10, 20, 30)), full("stsc", 0, ints(1, 1, 3, 1)), full("stco", 0, ints(1, 8)));
        byte[] edits = box("edts", full("elst", 0, ints(1, 60, 0, 0x10000)));
        byte[] mdat = box("mdat", new byte[100]);
        FUZZ.run(Mp4FuzzTest.class, List.of(join(mdat, movie(new byte[0], tables)), join(mdat, movie(edits, tables)), recording()));
    }

    private static byte[] recording() {
        Mp4Writer writer = new Mp4Writer(List.of(Take.VIDEO, Take.AUDIO), Mp4Options.DEFAULT);
        ByteBuf out = Unpooled.buffer();
        Take.mixed(Take.video(0, 2), Take.audio(Take.AUDIO, 0, 2)).forEach(f -> writer.write(f.track(), f.pts(), f.dts(), f.key(), Take.buffer(f), out));
        writer.finish(out);
        return ByteBufUtil.getBytes(out);
    }

    private static void read(byte[] input) throws Exception {
        try (SeekableByteChannel in = new MemoryChannel(input)) {
            var samples = Mp4File.open(in).samples();
            for (int i = 0; i < MOST_SAMPLES && samples.hasNext(); i++) {
                Mp4Sample s = samples.next();
                if (s.offset() < 0 || s.offset() + s.size() > input.length) {
                    throw new IllegalStateException("a sample beyond the file: " + s);
                }
            }
        }
    }
}
