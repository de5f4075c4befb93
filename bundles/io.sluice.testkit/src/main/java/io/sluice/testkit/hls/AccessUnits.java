package io.sluice.testkit.hls;

import io.sluice.testkit.media.FrameHash;
import io.sluice.testkit.media.Seen;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Frames of elementary streams, hashed as {@link FrameHash} does it for every container. */
final class AccessUnits {
    private static final int[] RATES = {96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350};
    private static final int SAMPLES = 1024;

    private AccessUnits() {
    }

    /** One H.264 access unit in byte stream format (ITU-T H.264, annex B); must begin with a delimiter, as TS wants it. */
    static String h264(ByteBuffer annexB) {
        List<ByteBuffer> units = nalUnits(annexB);
        if (units.isEmpty() || (units.get(0).get(0) & 0x1F) != 9) {
            throw new IllegalArgumentException("the access unit does not begin with an access unit delimiter");
        }
        return FrameHash.ofSlices(units);
    }

    static List<ByteBuffer> nalUnits(ByteBuffer in) {
        List<ByteBuffer> units = new ArrayList<>();
        int start = startCode(in, 0);
        while (start < in.limit()) {
            int next = startCode(in, start);
            int end = next < in.limit() ? next - 3 : next;
            units.add(in.slice(start, end - start));
            start = next;
        }
        return units;
    }

    /** The position after the next 000001, or the limit. */
    private static int startCode(ByteBuffer in, int from) {
        for (int i = from; i + 3 < in.limit(); i++) {
            if (in.get(i) == 0 && in.get(i + 1) == 0 && in.get(i + 2) == 1) {
                return i + 3;
            }
        }
        return in.limit();
    }

    /** The frames of ADTS (ISO/IEC 14496-3, 1.A.3.2), each with its own time. */
    static List<Seen> adts(ByteBuffer in, long ticks) {
        List<Seen> frames = new ArrayList<>();
        int at = 0;
        while (at < in.limit()) {
            if (at + 7 > in.limit() || (in.getShort(at) & 0xFFF6) != 0xFFF0) {
                throw new IllegalArgumentException("no ADTS syncword at byte " + at);
            }
            int header = (in.get(at + 1) & 1) == 1 ? 7 : 9;
            int length = (in.getInt(at + 3) >>> 13) & 0x1FFF;
            int rate = RATES[in.get(at + 2) >> 2 & 0x0F];
            if (length < header || at + length > in.limit()) {
                throw new IllegalArgumentException("an ADTS frame of " + length + " bytes at byte " + at + " of " + in.limit());
            }
            long time = ticks + frames.size() * SAMPLES * 90_000L / rate;
            frames.add(new Seen(FrameHash.ofBytes(in.slice(at + header, length - header)), time / 90));
            at += length;
        }
        return frames;
    }
}
