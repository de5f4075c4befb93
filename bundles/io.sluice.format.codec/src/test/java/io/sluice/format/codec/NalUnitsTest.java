package io.sluice.format.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import org.junit.jupiter.api.Test;

class NalUnitsTest {
    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }

    @Test
    void aByteStreamBecomesLengthPrefixedAndBack() {
        ByteBuf prefixed = Unpooled.buffer();
        NalUnits.fromAnnexB(bytes("00000001" + "0910" + "000001" + "6588000102" + "00" + "000001" + "41"), prefixed);
        assertEquals("000000020910" + "000000056588000102" + "0000000141", ByteBufUtil.hexDump(prefixed));
        ByteBuf stream = Unpooled.buffer();
        NalUnits.toAnnexB(prefixed, stream);
        assertEquals("000000010910" + "000000016588000102" + "0000000141", ByteBufUtil.hexDump(stream));
    }

    @Test
    void shortLengthsBecomeFourBytes() {
        for (int size = 1; size <= 4; size++) {
            ByteBuf out = Unpooled.buffer();
            NalUnits.toFourByteLengths(bytes("000000".substring(0, 2 * size - 2) + "026501"), size, out);
            assertEquals("000000026501", ByteBufUtil.hexDump(out));
        }
    }

    @Test
    void aLengthBeyondTheBufferIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> NalUnits.isKey(Codec.H264, bytes("0000000365")));
        assertThrows(IllegalArgumentException.class, () -> NalUnits.isKey(Codec.H264, bytes("ffffffff65")));
        assertThrows(IllegalArgumentException.class, () -> NalUnits.isKey(Codec.H264, bytes("000000")));
    }

    @Test
    void keyFramesAreKnownByTheirUnitTypes() {
        assertTrue(NalUnits.isKey(Codec.H264, bytes("000000020610" + "000000026588")));
        assertFalse(NalUnits.isKey(Codec.H264, bytes("000000024188")));
        assertTrue(NalUnits.isKey(Codec.H265, bytes("000000022601")));
        assertFalse(NalUnits.isKey(Codec.H265, bytes("000000020201")));
    }
}
