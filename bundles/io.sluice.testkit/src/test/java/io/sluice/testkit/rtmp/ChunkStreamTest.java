package io.sluice.testkit.rtmp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkStreamTest {
    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private final ChunkWriter writer = new ChunkWriter(wire);

    private static RtmpMessage message(int chunkStream, long timestamp, int length) {
        byte[] payload = new byte[length];
        new Random(timestamp).nextBytes(payload);
        return new RtmpMessage(chunkStream, 9, 1, timestamp & 0xFFFFFFFFL, payload);
    }

    private ChunkReader reader() {
        return new ChunkReader(new ByteArrayInputStream(wire.toByteArray()));
    }

    private static ChunkReader reader(String hex) {
        return new ChunkReader(new ByteArrayInputStream(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, (1L << 24) - 100, (1L << 31) - 100, (1L << 32) - 100})
    void timesPassEveryBoundary(long start) throws IOException {
        for (int i = 0; i < 10; i++) {
            writer.write(message(6, start + i * 40, 300));
        }
        ChunkReader reader = reader();
        for (int i = 0; i < 10; i++) {
            RtmpMessage expected = message(6, start + i * 40, 300);
            RtmpMessage got = reader.next();
            assertEquals(expected.timestamp(), got.timestamp());
            assertArrayEquals(expected.payload(), got.payload());
        }
        assertEquals(wire.size(), reader.bytes());
    }

    @Test
    void aChangedChunkSizeHoldsFromTheNextMessageOn() throws IOException {
        writer.write(new RtmpMessage(2, RtmpMessage.SET_CHUNK_SIZE, 0, 0, ByteBuffer.allocate(4).putInt(1000).array()));
        writer.chunkSize(1000);
        writer.write(message(6, 0, 2500));
        ChunkReader reader = reader();
        assertEquals(RtmpMessage.SET_CHUNK_SIZE, reader.next().type());
        assertEquals(2500, reader.next().payload().length);
        assertEquals(16 + 12 + 2500 + 2, wire.size());
    }

    @Test
    void chunkStreamsMayInterleave() throws IOException {
        String audio = "04 000001 000081 08 01000000 " + "aa".repeat(128);
        String video = "06 000002 000001 09 01000000 bb";
        ChunkReader reader = reader(audio + video + "c4 cc");
        assertEquals(9, reader.next().type());
        assertEquals(129, reader.next().payload().length);
    }

    @Test
    void aNewMessageOfFormatThreeRepeatsTheDelta() throws IOException {
        ChunkReader reader = reader("04 000064 000001 08 01000000 aa" + "84 000017 bb" + "c4 cc");
        assertEquals(List.of(100L, 123L, 146L), List.of(reader.next().timestamp(), reader.next().timestamp(), reader.next().timestamp()));
    }

    @Test
    void anExtendedTimestampStandsInEveryChunk() throws IOException {
        ChunkReader good = reader("04 ffffff 000081 08 01000000 01000000 " + "aa".repeat(128) + "c4 01000000 bb");
        assertEquals(1L << 24, good.next().timestamp());
        ChunkReader bad = reader("04 ffffff 000081 08 01000000 01000000 " + "aa".repeat(128) + "c4 bbbbbbbb bb");
        assertTrue(assertThrows(IOException.class, bad::next).getMessage().contains("extended timestamp"));
    }

    @Test
    void aHeaderInMidMessageIsAnError() {
        ChunkReader bad = reader("04 000000 000081 08 01000000 " + "aa".repeat(128) + "44 000000 000001 08 bb");
        assertTrue(assertThrows(IOException.class, bad::next).getMessage().contains("within a message"));
    }

    @Test
    void amfRoundTrips() {
        Map<String, Object> object = Map.of("app", "live", "n", 1.5, "yes", true);
        assertEquals(List.of("connect", 1.0, object), Amf0.decode(Amf0.encode("connect", 1, object)));
    }
}
