package io.sluice.format.amf;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.testkit.fuzz.Fuzz;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

public final class AmfFuzzTest {
    /** An object with one property costs a map, its table and its entry: some 200 bytes for 8. */
    private static final int BYTES_PER_BYTE = 64;
    private static final Fuzz FUZZ = new Fuzz("AMF0", AmfException.class, BYTES_PER_BYTE, in -> new AmfReader(Unpooled.wrappedBuffer(in)).readAll());

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] input) {
        FUZZ.once(input);
    }

    @Test
    void damagedValuesAreReadOrRefusedAndCostWhatTheyWeigh() throws Exception {
        byte[] command = bytes("connect", 1, Map.of("app", "live", "tcUrl", "rtmp://localhost/live", "fourCcList", List.of("avc1", "hvc1")));
        byte[] metadata = bytes("@setDataFrame", "onMetaData", new AmfArray(Map.of("width", 1920, "keyframes", Map.of("times", List.of(0, 2, 4)), "stereo", true)));
        byte[] others = {0x0B, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x06, 0x0D, 0x0C, 0, 0, 0, 1, 'a', 0x0F, 0, 0, 0, 1, 'a', 0x10, 0, 1, 'T', 0, 0, 9};
        byte[] nested = new byte[3000];
        for (int i = 0; i < nested.length; i += 3) {
            nested[i] = 3;
        }
        FUZZ.run(AmfFuzzTest.class, List.of(command, metadata, others, nested));
    }

    private static byte[] bytes(Object... values) {
        ByteBuf out = Unpooled.buffer();
        AmfWriter.write(out, values);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }
}
