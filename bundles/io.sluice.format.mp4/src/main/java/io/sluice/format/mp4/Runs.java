package io.sluice.format.mp4;

import java.nio.ByteBuffer;

/**
 * A run-length table of one value for each sample: 'stts' and 'ctts' (ISO/IEC 14496-12 sections 8.6.1.2 and 8.6.1.3). The last value goes on
 * where the runs are fewer than the samples. Composition offsets are read as signed in both versions: version 0 files with negative ones exist, and
 * offsets above 2^31 do not.
 */
final class Runs {
    private final ByteBuffer in;
    private final boolean signed;
    private long left;
    private long value;

    Runs(Box box, boolean signed) throws Mp4Exception {
        this.in = box.fullReader(4);
        this.signed = signed;
        long entries = Integer.toUnsignedLong(in.getInt());
        box.need(8 + entries * 8);
        in.limit(in.position() + (int) entries * 8);
    }

    long next() {
        while (left == 0 && in.hasRemaining()) {
            left = Integer.toUnsignedLong(in.getInt());
            int raw = in.getInt();
            value = signed ? raw : Integer.toUnsignedLong(raw);
        }
        if (left > 0) {
            left--;
        }
        return value;
    }
}
