package io.sluice.target.ts.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProMpegFecTest {
    private static final int COLUMNS = 4;
    private static final int ROWS = 5;
    private static final int FIRST = 0xFFF8;
    private final List<byte[]> media = new ArrayList<>();
    private final List<byte[]> rows = new ArrayList<>();
    private final List<byte[]> columns = new ArrayList<>();
    /** How many packets had been sent before each of the columns. */
    private final List<Integer> columnsAfter = new ArrayList<>();
    private final ProMpegFec fec = new ProMpegFec(new FecSize(COLUMNS, ROWS), 400);

    /** Three matrices of packets of different length; numbers wrap within the first one. */
    @BeforeEach
    void send() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 3 * COLUMNS * ROWS; i++) {
            byte[] payload = new byte[188 + random.nextInt(2) * 188];
            random.nextBytes(payload);
            byte[] packet = ByteBuffer.allocate(12 + payload.length).put((byte) 0x80).put((byte) 33).putShort((short) (FIRST + i)).putInt(random.nextInt()).putInt(0x01020304).put(payload).array();
            media.add(packet);
            fec.sent(ByteBuffer.wrap(packet), this::take);
        }
    }

    private void take(int port, ByteBuffer packet) {
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        if (port == ProMpegFec.COLUMN_PORT) {
            columnsAfter.add(media.size());
        }
        (port == ProMpegFec.COLUMN_PORT ? columns : rows).add(bytes);
    }

    private static int sixteen(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getShort(at) & 0xFFFF;
    }

    /** As a receiver does it, from the header's words alone. */
    private byte[] repaired(byte[] parity, int lost) {
        int base = sixteen(parity, 12);
        int offset = parity[25];
        ByteBuffer out = ByteBuffer.wrap(parity.clone());
        for (int k = 0; k < parity[26]; k++) {
            int number = base + k * offset & 0xFFFF;
            byte[] packet = media.get(number - FIRST & 0xFFFF);
            if (number != lost) {
                out.putShort(14, (short) (out.getShort(14) ^ packet.length - 12)).put(16, (byte) (out.get(16) ^ packet[1])).putInt(20, out.getInt(20) ^ ByteBuffer.wrap(packet).getInt(4));
                for (int i = 12; i < packet.length; i++) {
                    out.put(16 + i, (byte) (out.get(16 + i) ^ packet[i]));
                }
            }
        }
        ByteBuffer whole = ByteBuffer.allocate(12 + out.getShort(14)).put((byte) 0x80).put((byte) (out.get(16) & 0x7F)).putShort((short) lost).putInt(out.getInt(20)).putInt(0x01020304);
        return whole.put(out.array(), 28, out.getShort(14)).array();
    }

    @Test
    void eachPacketCanBeMadeAgainFromItsRowAndFromItsColumn() throws IOException {
        fec.finish(this::take);
        assertEquals(3 * ROWS, rows.size());
        assertEquals(3 * COLUMNS, columns.size());
        for (int i = 0; i < media.size(); i++) {
            int matrix = i / (COLUMNS * ROWS);
            assertArrayEquals(media.get(i), repaired(rows.get(i / COLUMNS), FIRST + i & 0xFFFF), "packet " + i + " from its row");
            assertArrayEquals(media.get(i), repaired(columns.get(matrix * COLUMNS + i % COLUMNS), FIRST + i & 0xFFFF), "packet " + i + " from its column");
        }
    }

    /** The second column's header, field by field: SMPTE 2022-1, section 7.2. */
    @Test
    void theHeaderSaysWhatIsRepaired() {
        byte[] column = columns.get(1);
        assertEquals("80 60 0001", String.format("%02x %02x %04x", column[0], column[1], sixteen(column, 2)));
        assertEquals("00000000", String.format("%08x", ByteBuffer.wrap(column).getInt(8)), "no source of its own");
        assertEquals(FIRST + 1, sixteen(column, 12));
        assertEquals("a1000000", String.format("%08x", ByteBuffer.wrap(column).getInt(16)), "E, and 33 five times; no mask");
        assertEquals("00040500", String.format("%08x", ByteBuffer.wrap(column).getInt(24)));
        assertEquals("40010400", String.format("%08x", ByteBuffer.wrap(rows.get(1)).getInt(24)));
    }

    @Test
    void columnsGoOutOneByOneWhileTheNextMatrixFills() {
        assertEquals(List.of(25, 30, 35, 40, 45, 50, 55, 60), columnsAfter);
    }
}
