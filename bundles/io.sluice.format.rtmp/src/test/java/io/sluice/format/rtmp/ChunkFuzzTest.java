package io.sluice.format.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.ProtocolException;
import io.sluice.format.amf.AmfWriter;
import io.sluice.testkit.fuzz.Fuzz;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The chunks of a peer that lies, in two pieces. */
public final class ChunkFuzzTest {
    /** A chunk stream is remembered after a header of 12 bytes: its entry, its state, and a first buffer. */
    private static final int BYTES_PER_BYTE = 64;
    private static final Fuzz FUZZ = new Fuzz("RTMP chunks", ProtocolException.class, BYTES_PER_BYTE, ChunkFuzzTest::decode);

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] input) {
        FUZZ.once(input);
    }

    @Test
    void damagedChunksAreReadOrRefusedAndCostWhatTheyWeigh() throws Exception {
        ByteBuf command = Unpooled.buffer();
        AmfWriter.write(command, "connect", 1, Map.of("app", "live"));
        ByteBuf sent = Unpooled.buffer();
        ChunkWriter.write(sent, 128, ChunkWriter.COMMANDS, 0, Message.COMMAND, 0, command);
        ChunkWriter.write(sent, 128, ChunkWriter.VIDEO, 40, Message.VIDEO, 1, Unpooled.buffer().writeByte(0x17).writeZero(700));
        ChunkWriter.write(sent, 128, ChunkWriter.AUDIO, 60, Message.AUDIO, 1, Unpooled.buffer().writeZero(300));
        byte[] seed = ByteBufUtil.getBytes(sent);
        byte[] many = Arrays.copyOf(Bytes.hex("04 0003e8 000002 08 01000000 aaaa" + "44 000014 000001 08 bb" + "84 00000a cc" + "c4 dd" + "00 ff 000000 000001 08 01000000 bb"), 80);
        FUZZ.run(ChunkFuzzTest.class, List.of(seed, many));
    }

    private static void decode(byte[] input) {
        ChunkDecoder decoder = new ChunkDecoder();
        ByteBuf in = Unpooled.wrappedBuffer(input);
        decoder.decode(in.slice(0, input.length / 2), () -> 8 << 20, m -> { });
        ByteBuf rest = in.skipBytes(input.length / 2);
        decoder.decode(rest, () -> 8 << 20, m -> {
            if (m.type() == Message.SET_CHUNK_SIZE && m.payload().readableBytes() > 3) {
                decoder.chunkBytes(m.payload().getInt(m.payload().readerIndex()));
            }
        });
    }
}
