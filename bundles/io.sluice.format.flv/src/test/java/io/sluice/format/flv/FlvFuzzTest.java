package io.sluice.format.flv;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.format.amf.AmfArray;
import io.sluice.format.amf.AmfWriter;
import io.sluice.testkit.fuzz.Fuzz;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

public final class FlvFuzzTest {
    /** As for AMF0, of which metadata is made. */
    private static final int BYTES_PER_BYTE = 64;
    private static final Fuzz FUZZ = new Fuzz("FLV", IllegalArgumentException.class, BYTES_PER_BYTE, FlvFuzzTest::read);

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] input) {
        FUZZ.once(input);
    }

    @Test
    void damagedFilesAreReadOrRefusedAndCostWhatTheyWeigh() throws Exception {
        FUZZ.run(FlvFuzzTest.class, List.of(file()));
    }

    private static void read(byte[] input) {
        FlvReader reader = new FlvReader(1 << 20);
        ByteBuf in = Unpooled.wrappedBuffer(input);
        for (FlvTag tag = reader.next(in); tag != null; tag = reader.next(in)) {
            switch (tag.type()) {
                case FlvTag.AUDIO -> AudioTag.parse(tag.body());
                case FlvTag.VIDEO -> VideoTag.parse(tag.body());
                case FlvTag.DATA -> FlvMetadata.read(tag.body());
                default -> {
                    // not read
                }
            }
        }
    }

    private static byte[] file() {
        ByteBuf out = Unpooled.buffer();
        FlvWriter.begin(out, true, true);
        ByteBuf metadata = Unpooled.buffer();
        AmfWriter.write(metadata, "onMetaData", new AmfArray(Map.of("videocodecid", 7, "width", 640, "audiocodecid", 10)));
        FlvWriter.tag(out, FlvTag.DATA, 0, metadata);
        for (String body : List.of("1700000000014d401fffe1000467428015010001ce", "1701000050000000026545", "9061766331" + "00000000", "95016176633100000002aabb01000001cc", "e6000000")) {
            FlvWriter.tag(out, FlvTag.VIDEO, 40, Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(body)));
        }
        for (String body : List.of("af001190", "af01211122", "904f7075734f70757348656164010238010000bb80000000", "2ffffb9064", "95014d703461aabb")) {
            FlvWriter.tag(out, FlvTag.AUDIO, 40, Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(body.length() % 2 == 0 ? body : body + "0")));
        }
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }
}
