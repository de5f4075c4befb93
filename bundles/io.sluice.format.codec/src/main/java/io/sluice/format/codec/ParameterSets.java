package io.sluice.format.codec;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The parameter sets of an H.264 or H.265 stream as they come with its pictures. A set replaces the one of its kind and number; so at most 16 + 32 + 256 are kept. */
public final class ParameterSets {
    private static final int AVC_SPS = 7;
    private static final int AVC_PPS = 8;
    private static final int HEVC_VPS = 32;
    private static final int HEVC_SPS = 33;
    private static final int HEVC_PPS = 34;
    /** The count of PPS in a configuration record of H.264 has eight bits, that of SPS five: ids are 0 to 31, and 255. */
    private static final int MAX_PPS = 255;

    private final Codec codec;
    private final Map<Integer, byte[]> vps = new TreeMap<>();
    private final Map<Integer, byte[]> sps = new TreeMap<>();
    private final Map<Integer, byte[]> pps = new TreeMap<>();

    /** @param codec H264 or H265 */
    public ParameterSets(Codec codec) {
        this.codec = codec;
    }

    /** Whether units of a type are parameter sets. */
    public static boolean isSet(Codec codec, int type) {
        return codec == Codec.H265 ? type >= HEVC_VPS && type <= HEVC_PPS : type == AVC_SPS || type == AVC_PPS;
    }

    /**
     * Keeps a set.
     *
     * @param nal with its header; kept, not copied
     * @return whether it differs from what was there
     * @throws IllegalArgumentException where it is none
     */
    public boolean add(byte[] nal) {
        int headerBytes = codec == Codec.H265 ? 2 : 1;
        if (nal.length <= headerBytes || nal.length > 0xffff) {
            throw new IllegalArgumentException("a parameter set: wanted " + (headerBytes + 1) + " to 65535 bytes, found " + nal.length);
        }
        int type = codec == Codec.H265 ? nal[0] >> 1 & 0x3f : nal[0] & 0x1f;
        Map<Integer, byte[]> kind = switch (type) {
            case AVC_SPS, HEVC_SPS -> sps;
            case AVC_PPS, HEVC_PPS -> pps;
            case HEVC_VPS -> vps;
            default -> throw new IllegalArgumentException("a parameter set: wanted a NAL unit that is one, found type " + type);
        };
        return !Arrays.equals(kind.put(id(nal, type), nal), nal);
    }

    private static int id(byte[] nal, int type) {
        byte[] raw = Rbsp.of(nal);
        return switch (type) {
            case AVC_SPS -> new BitReader(raw, Math.min(4, raw.length), raw.length, "an H.264 SPS").unsigned(30, "seq_parameter_set_id");
            case AVC_PPS -> new BitReader(raw, 1, raw.length, "an H.264 PPS").unsigned(MAX_PPS - 1, "pic_parameter_set_id");
            case HEVC_VPS -> raw[2] >> 4 & 15;
            case HEVC_SPS -> HevcSps.id(raw);
            default -> new BitReader(raw, 2, raw.length, "an H.265 PPS").unsigned(63, "pps_pic_parameter_set_id");
        };
    }

    /** The track that they make; null until one of each kind is there. @throws IllegalArgumentException where an SPS cannot be read */
    public Track track(int id) {
        if (sps.isEmpty() || pps.isEmpty() || codec == Codec.H265 && vps.isEmpty()) {
            return null;
        }
        return codec == Codec.H265 ? TrackOf.hevc(id, HevcConfiguration.of(list(vps), list(sps), list(pps)).bytes()) : TrackOf.avc(id, AvcConfiguration.of(list(sps), list(pps)).bytes());
    }

    private static List<byte[]> list(Map<Integer, byte[]> kind) {
        return new ArrayList<>(kind.values());
    }
}
