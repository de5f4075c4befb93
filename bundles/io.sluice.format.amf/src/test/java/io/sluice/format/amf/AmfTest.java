package io.sluice.format.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AmfTest {
    private static AmfReader hex(String hex) {
        return new AmfReader(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", ""))));
    }

    @Test
    void everyValueThatIsWrittenIsReadBack() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("app", "live");
        object.put("ok", true);
        object.put("nothing", null);
        object.put("list", List.of(1.0, "two", Map.of("three", 3.0)));
        String longText = "é".repeat(40_000);
        ByteBuf out = Unpooled.buffer();
        AmfWriter.write(out, "connect", 1, object, new AmfArray(Map.of("width", 640)), longText, null, false);
        assertEquals(Arrays.asList("connect", 1.0, object, Map.of("width", 640.0), longText, null, false), new AmfReader(out).readAll());
    }

    @Test
    void aNumberIsABigEndianDoubleAfterMarkerZero() {
        ByteBuf out = Unpooled.buffer();
        AmfWriter.write(out, 1);
        assertEquals("003ff0000000000000", ByteBufUtil.hexDump(out));
    }

    @Test
    void rarerTypesBecomePlainValues() {
        assertEquals(1000.0, hex("0b 408f400000000000 0000").read());
        assertEquals("<a/>", hex("0f 00000004 3c612f3e").read());
        assertEquals(Map.of("k", 1.0), hex("10 0001 43 0001 6b 00 3ff0000000000000 0000 09").read());
        assertNull(hex("06").read());
        assertNull(hex("0d").read());
    }

    @Test
    void anEcmaArrayMayCountWronglyAndMayEndWithTheMessage() {
        assertEquals(Map.of("k", 1.0), hex("08 00000000 0001 6b 00 3ff0000000000000 0000 09").read());
        assertEquals(Map.of("k", 1.0), hex("08 00000001 0001 6b 00 3ff0000000000000").read());
    }

    @Test
    void amf3AndReferencesAreRefusedByName() {
        assertTrue(assertThrows(AmfException.class, () -> hex("11 0a").read()).getMessage().contains("AMF3"));
        assertTrue(assertThrows(AmfException.class, () -> hex("07 0000").read()).getMessage().contains("reference"));
    }

    @Test
    void nestingIsBounded() {
        ByteBuf deep = Unpooled.buffer();
        for (int i = 0; i < 40; i++) {
            deep.writeByte(AmfMarker.STRICT_ARRAY).writeInt(1);
        }
        deep.writeByte(AmfMarker.NULL);
        assertTrue(assertThrows(AmfException.class, () -> new AmfReader(deep).read()).getMessage().contains("deeper than 32"));
    }

    @Test
    void elementsAndBytesAreBounded() {
        AmfLimits tight = new AmfLimits(4, 3, 16);
        assertThrows(AmfException.class, () -> new AmfReader(Unpooled.wrappedBuffer(new byte[] {5, 5, 5, 5}), tight).readAll());
        assertThrows(AmfException.class, () -> new AmfReader(Unpooled.wrappedBuffer(new byte[17]), tight));
        assertTrue(assertThrows(AmfException.class, () -> hex("0a ffffffff 05").read()).getMessage().contains("4294967295"));
    }

    @Test
    void anyCutOfAMessageEndsInAnAmfExceptionOrInFewerValues() {
        ByteBuf whole = Unpooled.buffer();
        AmfWriter.write(whole, "connect", 1, Map.of("a", List.of("b", true), "c", Map.of("d", "e")));
        for (int cut = 0; cut < whole.readableBytes(); cut++) {
            readTolerantly(whole.slice(0, cut));
        }
    }

    @Test
    void randomBytesNeverEscapeTheReader() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(40)];
            for (int j = 0; j < noise.length; j++) {
                noise[j] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(18));
            }
            readTolerantly(Unpooled.wrappedBuffer(noise));
        }
    }

    private static void readTolerantly(ByteBuf bytes) {
        try {
            new AmfReader(bytes).readAll();
        } catch (AmfException e) {
            assertTrue(!e.getMessage().isEmpty());
        }
    }
}
