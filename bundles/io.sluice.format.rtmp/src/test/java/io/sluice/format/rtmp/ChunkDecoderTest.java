package io.sluice.format.rtmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkDecoderTest {
    private static final int MAX = 100_000;
    private final ChunkDecoder decoder = new ChunkDecoder();
    private final List<String> seen = new ArrayList<>();

    private void decode(ByteBuf in) {
        decoder.decode(in, () -> MAX, m -> seen.add(m.type() + "/" + m.streamId() + "@" + Integer.toUnsignedString(m.timestamp()) + ":" + ByteBufUtil.hexDump(m.payload())));
    }

    private void decode(String hex) {
        decode(Unpooled.wrappedBuffer(Bytes.hex(hex)));
    }

    @Test
    void shorterHeadersTakeWhatTheyLeaveOutFromTheLastOne() {
        decode("04 0003e8 000002 08 01000000 aaaa" + "44 000014 000001 08 bb" + "84 00000a cc" + "c4 dd");
        assertEquals(List.of("8/1@1000:aaaa", "8/1@1020:bb", "8/1@1030:cc", "8/1@1040:dd"), seen);
    }

    @Test
    void aTypeThreeHeaderAfterAFullOneRepeatsItsTimeAsDelta() {
        decode("04 000005 000001 08 01000000 aa" + "c4 bb");
        assertEquals(List.of("8/1@5:aa", "8/1@10:bb"), seen);
    }

    @Test
    void chunkStreamIdsHaveOneTwoOrThreeBytes() {
        decode("00 00 000000 000001 08 01000000 aa" + "00 ff 000000 000001 08 01000000 bb" + "01 ffff 000000 000001 08 01000000 cc" + "c1 ffff dd" + "c0 00 ee");
        assertEquals(List.of("8/1@0:aa", "8/1@0:bb", "8/1@0:cc", "8/1@0:dd", "8/1@0:ee"), seen);
    }

    @Test
    void messagesOfTwoChunkStreamsInterleave() {
        decoder.chunkBytes(2);
        decode("06 000000 000004 09 01000000 a1a2" + "04 000000 000003 08 01000000 b1b2" + "c6 a3a4" + "c4 b3");
        assertEquals(List.of("9/1@0:a1a2a3a4", "8/1@0:b1b2b3"), seen);
    }

    @Test
    void extendedTimesAreRepeatedInEveryChunkOrLeftOut() {
        decoder.chunkBytes(2);
        decode("06 ffffff 000004 09 01000000 01000000 a1a2" + "c6 01000000 a3a4");
        decode("06 ffffff 000004 09 01000000 01000000 a1a2" + "c6 a3a4");
        assertEquals(List.of("9/1@16777216:a1a2a3a4", "9/1@16777216:a1a2a3a4"), seen);
    }

    @Test
    void anExtendedDeltaIsRepeatedByTheNextMessageOfTypeThree() {
        decode("06 000000 000001 09 01000000 aa" + "86 ffffff 01000000 bb" + "c6 01000000 cc");
        assertEquals(List.of("9/1@0:aa", "9/1@16777216:bb", "9/1@33554432:cc"), seen);
    }

    @Test
    void timesWrapAt32Bits() {
        decode("06 ffffff 000001 09 01000000 fffffff0 aa" + "86 000020 bb");
        assertEquals(List.of("9/1@4294967280:aa", "9/1@16:bb"), seen);
    }

    @Test
    void anEmptyMessageNeedsNoPayload() {
        decode("04 000000 000000 08 01000000");
        assertEquals(List.of("8/1@0:"), seen);
    }

    @Test
    void anAbortedMessageIsForgotten() {
        decoder.chunkBytes(2);
        decode("06 000000 000004 09 01000000 a1a2");
        decoder.abort(6);
        decode("06 000000 000002 09 01000000 b1b2");
        assertEquals(List.of("9/1@0:b1b2"), seen);
    }

    @Test
    void nothingButAHeaderStaysUnread() {
        ByteBuf sent = Unpooled.buffer();
        ChunkWriter.write(sent, 128, ChunkWriter.CONTROL, 0, Message.SET_CHUNK_SIZE, 0, Unpooled.buffer().writeInt(300));
        ChunkWriter.write(sent, 300, ChunkWriter.VIDEO, 0x2000000, Message.VIDEO, 1, Unpooled.buffer().writeByte(0x17).writeZero(5000));
        ChunkWriter.write(sent, 300, ChunkWriter.AUDIO, 0x2000010, Message.AUDIO, 1, Unpooled.wrappedBuffer(Bytes.hex("af01aabb")));
        ByteBuf come = Unpooled.buffer();
        decoder.chunkBytes(300);
        while (sent.isReadable()) {
            come.writeByte(sent.readByte());
            decode(come);
            assertTrue(come.readableBytes() < 18, come.readableBytes() + " bytes unread");
        }
        assertEquals(3, seen.size());
    }

    @Test
    void aNewHeaderWithinAMessageIsRefused() {
        decoder.chunkBytes(2);
        decode("06 000000 000004 09 01000000 a1a2");
        assertTrue(assertThrows(ProtocolException.class, () -> decode("06 000000 ffffff 09 01000000 a3a4")).getMessage().contains("after 2 of a message's 4 bytes"));
    }

    @Test
    void aHeaderThatNeedsOneBeforeItIsRefused() {
        assertThrows(ProtocolException.class, () -> decode("c6 00"));
        assertThrows(ProtocolException.class, () -> decode("86 000000 00"));
    }

    @Test
    void tooLargeMessagesAndTooManyChunkStreamsAreRefused() {
        assertThrows(ProtocolException.class, () -> decode("06 000000 0186a1 09 01000000 00"));
        ByteBuf many = Unpooled.buffer();
        for (int i = 0; i <= ChunkDecoder.MAX_CHUNK_STREAMS; i++) {
            many.writeByte(0).writeByte(i).writeMedium(0).writeMedium(0).writeByte(8).writeInt(0);
        }
        assertThrows(ProtocolException.class, () -> decode(many));
    }

    @Test
    void unfinishedMessagesAreBoundedInAll() {
        ByteBuf in = Unpooled.buffer();
        decoder.chunkBytes(90_000);
        for (int csid = 3; csid < 6; csid++) {
            in.writeByte(csid).writeMedium(0).writeMedium(95_000).writeByte(9).writeInt(0).writeZero(90_000);
        }
        assertTrue(assertThrows(ProtocolException.class, () -> decode(in)).getMessage().contains("200000"));
    }

    @Test
    void theChunkSizeIsClampedAndNeverZero() {
        assertThrows(ProtocolException.class, () -> decoder.chunkBytes(0));
        assertThrows(ProtocolException.class, () -> decoder.chunkBytes(0x80000001));
        decoder.chunkBytes(Integer.MAX_VALUE);
        decode("06 000000 000004 09 01000000 a1a2a3a4");
        assertEquals(List.of("9/1@0:a1a2a3a4"), seen);
    }

    @Test
    void randomBytesOnlyEverRaiseProtocolExceptions() {
        Random random = new Random(5);
        for (int i = 0; i < 3000; i++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            try {
                new ChunkDecoder().decode(Unpooled.wrappedBuffer(noise), () -> MAX, m -> { });
            } catch (ProtocolException e) {
                assertTrue(!e.getMessage().isEmpty());
            }
        }
    }
}
