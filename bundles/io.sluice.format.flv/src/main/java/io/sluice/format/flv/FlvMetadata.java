package io.sluice.format.flv;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Codec;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.amf.AmfArray;
import io.sluice.format.amf.AmfReader;
import io.sluice.format.amf.AmfWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** onMetaData, Annex E.5: what a publisher says of its media before it sends any. */
public record FlvMetadata(Map<String, Object> values) {
    private static final String NAME = "onMetaData";
    private static final String SET = "@setDataFrame";
    private static final int AVC = 7;

    /**
     * Reads the body of a data tag or message, borrowed.
     *
     * @return null where it is other data
     */
    public static FlvMetadata read(ByteBuf body) {
        AmfReader in = new AmfReader(body.slice());
        Object name = in.hasMore() ? in.read() : null;
        if (SET.equals(name) && in.hasMore()) {
            name = in.read();
        }
        if (!NAME.equals(name) || !in.hasMore() || !(in.read() instanceof Map<?, ?> map)) {
            return null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((key, value) -> values.put(key.toString(), value));
        return new FlvMetadata(values);
    }

    public boolean hasVideo() {
        return announces("videocodecid", "hasVideo");
    }

    public boolean hasAudio() {
        return announces("audiocodecid", "hasAudio");
    }

    /** Pixels, 0 where unknown. */
    public int width() {
        return number("width");
    }

    /** Pixels, 0 where unknown. */
    public int height() {
        return number("height");
    }

    /** Some encoders write every key and a false or 0 where there is nothing. */
    private boolean announces(String codecKey, String flagKey) {
        if (values.get(flagKey) instanceof Boolean flag) {
            return flag;
        }
        Object codec = values.get(codecKey);
        return codec instanceof String s ? !s.isEmpty() : codec instanceof Double d && d != 0;
    }

    private int number(String key) {
        return values.get(key) instanceof Double d && d > 0 && d < 65536 ? d.intValue() : 0;
    }

    /** Writes "onMetaData" and what is known of the first track of each kind. */
    public static void write(ByteBuf out, Tracks tracks) {
        write(out, tracks, new LinkedHashMap<>());
    }

    /** @param values that come first */
    static void write(ByteBuf out, Tracks tracks, Map<String, Object> values) {
        tracks.first(MediaKind.VIDEO).ifPresent(v -> {
            values.put("width", v.width());
            values.put("height", v.height());
            values.put("videocodecid", v.codec() == Codec.H264 ? AVC : Integer.toUnsignedLong(FourCc.of(v.codec())));
        });
        tracks.first(MediaKind.AUDIO).ifPresent(a -> {
            values.put("audiocodecid", soundFormat(a));
            values.put("audiosamplerate", a.sampleRate());
            values.put("audiosamplesize", 16);
            values.put("audiochannels", a.channels());
            values.put("stereo", a.channels() != 1);
        });
        values.put("encoder", "Sluice");
        AmfWriter.write(out, NAME, new AmfArray(values));
    }

    private static long soundFormat(Track audio) {
        return switch (audio.codec()) {
            case AAC -> 10;
            case MP3 -> 2;
            case ALAW -> 7;
            case ULAW -> 8;
            default -> Integer.toUnsignedLong(FourCc.of(audio.codec()));
        };
    }
}
