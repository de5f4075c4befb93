package io.sluice.format.rtmp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times in chunks: 24 bits, 32 from 0xFFFFFF on (section 5.3.1.3), and from 0 again. */
class ChunkWriterTest {
    private static String written(long millis) {
        ByteBuf out = Unpooled.buffer();
        ChunkWriter.write(out, 2, ChunkWriter.AUDIO, (int) millis, Message.AUDIO, 1, Unpooled.wrappedBuffer(Bytes.hex("a1a2 a3")));
        return ByteBufUtil.hexDump(out);
    }

    @ParameterizedTest
    @CsvSource({
        "0,           04 000000 000003 08 01000000          a1a2 c4          a3",
        "16777214,    04 fffffe 000003 08 01000000          a1a2 c4          a3",
        "16777215,    04 ffffff 000003 08 01000000 00ffffff a1a2 c4 00ffffff a3",
        "16777216,    04 ffffff 000003 08 01000000 01000000 a1a2 c4 01000000 a3",
        "2147483648,  04 ffffff 000003 08 01000000 80000000 a1a2 c4 80000000 a3",
        "4294967295,  04 ffffff 000003 08 01000000 ffffffff a1a2 c4 ffffffff a3",
        "4294967296,  04 000000 000003 08 01000000          a1a2 c4          a3",
        "4294967301,  04 000005 000003 08 01000000          a1a2 c4          a3"})
    void aTimeThatNeedsMoreThan24BitsStandsBehindEachHeader(long millis, String bytes) {
        assertEquals(bytes.replace(" ", ""), written(millis));
    }

    @Test
    void timesAroundBothLimitsAreReadAsTheyWereWritten() {
        List<Long> times = List.of(0xFFFFF0L, 0xFFFFFFL, 0x1000010L, 0x7FFFFFFFL, 0x80000010L, 0xFFFFFFF0L, 0x100000004L, 0x100FFFFFFL);
        ByteBuf all = Unpooled.buffer();
        times.forEach(t -> ChunkWriter.write(all, 100, ChunkWriter.VIDEO, t.intValue(), Message.VIDEO, 1, Unpooled.buffer().writeZero(250)));
        List<Long> read = new ArrayList<>();
        ChunkDecoder decoder = new ChunkDecoder();
        decoder.chunkBytes(100);
        decoder.decode(all, () -> 1000, m -> {
            assertEquals(250, m.payload().readableBytes());
            read.add(Integer.toUnsignedLong(m.timestamp()));
        });
        assertEquals(times.stream().map(t -> t & 0xFFFFFFFFL).toList(), read);
    }
}
