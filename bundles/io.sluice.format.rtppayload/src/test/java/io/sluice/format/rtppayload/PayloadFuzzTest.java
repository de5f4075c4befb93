package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.format.rtp.RtpException;
import io.sluice.testkit.fuzz.Fuzz;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An input is a codec, then packets: flags, a length of two bytes, a payload. Flags: marker, gap, a new timestamp. */
public final class PayloadFuzzTest {
    /** A payload of two bytes is a slice, a unit of six bytes, perhaps a configuration and a track. */
    private static final int BYTES_PER_BYTE = 256;
    private static final Fuzz FUZZ = new Fuzz("RTP payloads", RtpException.class, BYTES_PER_BYTE, PayloadFuzzTest::read);
    private static final List<Codec> CODECS = List.of(Codec.values()).stream().filter(PayloadFormats::knows).toList();

    /** Without the leak detector, whose notes would count. */
    private static final UnpooledByteBufAllocator HEAP = new UnpooledByteBufAllocator(false, true);

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] input) {
        FUZZ.once(input);
    }

    @Test
    void damagedPayloadsAreReadOrRefusedAndCostWhatTheyWeigh() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        for (Codec codec : CODECS) {
            seeds.add(seed(codec));
        }
        FUZZ.run(PayloadFuzzTest.class, seeds);
    }

    private static void read(byte[] input) {
        ByteBuf in = Unpooled.wrappedBuffer(input);
        if (!in.isReadable()) {
            return;
        }
        Codec codec = CODECS.get(in.readUnsignedByte() % CODECS.size());
        RtpException first = null;
        try (Depacketiser depacketiser = PayloadFormats.depacketiser(codec, 1, HEAP, 1 << 14, new Checker())) {
            long timestamp = 0;
            while (in.readableBytes() > 3) {
                int flags = in.readUnsignedByte();
                timestamp += flags >> 2 & 1;
                ByteBuf payload = in.readSlice(Math.min(in.readableBytes() - 2, in.readUnsignedShort()));
                try {
                    depacketiser.packet(payload, timestamp, (flags & 1) != 0, (flags & 2) != 0);
                } catch (RtpException e) {
                    first = e;
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Reads what comes as somebody would who writes it somewhere else. */
    private static final class Checker implements UnitSink {
        private Track track;

        @Override
        public void track(Track now) {
            track = now;
        }

        @Override
        public void unit(long timestamp, boolean key, ByteBuf unit) {
            if (track == null || !unit.isReadable()) {
                throw new IllegalStateException("a unit without a track or bytes");
            }
        }

        @Override
        public void lost(long timestamp) {
            // as it should
        }
    }

    private static byte[] seed(Codec codec) {
        ByteBuf out = Unpooled.buffer().writeByte(CODECS.indexOf(codec));
        for (ByteBuf unit : Seeds.units(codec)) {
            PayloadFormats.packetiser(Seeds.track(codec), 60).packetise(unit, true, (bytes, marker, ticks) -> out.writeByte(marker ? 5 : 0).writeShort(bytes));
        }
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }
}
