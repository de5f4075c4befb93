package io.sluice.format.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Where an FLV file ends, tag by tag (Adobe "Video File Format Specification" 10.1, Annex E.3): 15 bytes are read of each.
 *
 * @param wholeBytes without a tag that was cut
 * @param lastMillis the latest time, wrapped or not; -1 where there is none, not even the file's header
 */
record FlvTail(long wholeBytes, long lastMillis) {
    private static final int HEADER = 9;
    private static final int SIZE = 4;
    private static final int TAG = 11;
    private static final long WRAP = 1L << 32;

    static FlvTail of(FileChannel file) throws IOException {
        long size = file.size();
        if (size < HEADER + SIZE) {
            return new FlvTail(0, -1);
        }
        ByteBuffer head = read(file, 0, HEADER);
        if (head.get(0) != 'F' || head.get(1) != 'L' || head.get(2) != 'V' || head.getInt(5) != HEADER) {
            throw new IOException("the file that is there is no FLV: nothing is appended to it");
        }
        long at = HEADER + SIZE;
        long millis = 0;
        while (at + TAG + SIZE <= size) {
            ByteBuffer tag = read(file, at, TAG);
            long next = at + TAG + (tag.getInt(0) & 0xffffff) + SIZE;
            if (next > size) {
                break;
            }
            millis = Math.max(millis, unwrapped(tag.getInt(4) >>> 8 & 0xffffff | (tag.get(7) & 0xffL) << 24, millis));
            at = next;
        }
        return new FlvTail(at, millis);
    }

    /** Times have 32 bits, which are full after 49.7 days. Where they are, one kind of frames is before the other. */
    private static long unwrapped(long time, long latest) {
        long same = latest / WRAP * WRAP + time;
        if (latest - same > WRAP / 2) {
            return same + WRAP;
        }
        return same >= WRAP && same - latest > WRAP / 2 ? same - WRAP : same;
    }

    private static ByteBuffer read(FileChannel file, long at, int bytes) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(bytes);
        while (into.hasRemaining() && file.read(into, at + into.position()) > 0) {
            continue;
        }
        return into;
    }
}
