package io.sluice.format.mp4;

import java.nio.ByteBuffer;

/** Which samples are sync samples: 'stss' (ISO/IEC 14496-12 section 8.6.2), numbers from 1 in rising order; without the box every sample is one. */
final class KeySamples {
    private final ByteBuffer in;
    private long sample;
    private long nextKey;

    KeySamples(Box stss) throws Mp4Exception {
        if (stss == null) {
            in = null;
            return;
        }
        in = stss.fullReader(4);
        long entries = Integer.toUnsignedLong(in.getInt());
        stss.need(8 + entries * 4);
        in.limit(in.position() + (int) entries * 4);
    }

    /** True when the next sample is a sync sample. */
    boolean next() {
        if (in == null) {
            return true;
        }
        sample++;
        while (nextKey < sample && in.hasRemaining()) {
            nextKey = Integer.toUnsignedLong(in.getInt());
        }
        return nextKey == sample;
    }
}
