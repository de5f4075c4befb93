package io.sluice.format.mpegts;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Codec;
import io.sluice.format.codec.NalUnits;

/**
 * Access units as ITU-T H.264 and H.265 Annex B want them in a transport stream: an access unit delimiter first (ISO/IEC 13818-1 section 2.14.1), and the
 * parameter sets before each key frame that does not bring its own.
 */
final class AccessUnitWriter {
    private AccessUnitWriter() {
    }

    /** Appends the frame of 4-byte lengths. @throws IllegalArgumentException where its lengths are broken; something may have been appended */
    static void write(TsTrack track, boolean key, ByteBuf frame, ByteBuf out) {
        Codec codec = track.track().codec();
        out.writeInt(1);
        if (codec == Codec.H265) {
            out.writeMedium(0x460150);
        } else {
            out.writeShort(0x09f0);
        }
        if (key && !bringsParameterSets(codec, frame)) {
            for (byte[] nal : track.parameterSets()) {
                out.writeInt(1).writeBytes(nal);
            }
        }
        int delimiter = codec == Codec.H265 ? 35 : 9;
        NalUnits.forEach(frame, 4, (offset, length) -> {
            if (NalUnits.type(codec, frame, offset) != delimiter) {
                out.writeInt(1).writeBytes(frame, offset, length);
            }
        });
    }

    private static boolean bringsParameterSets(Codec codec, ByteBuf frame) {
        int[] seen = new int[1];
        int sps = codec == Codec.H265 ? 33 : 7;
        NalUnits.forEach(frame, 4, (offset, length) -> {
            int type = NalUnits.type(codec, frame, offset) - sps;
            seen[0] |= type == 0 || type == 1 ? 1 << type : 0;
        });
        return seen[0] == 3;
    }
}
