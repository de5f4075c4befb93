package io.sluice.format.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One box in memory (ISO/IEC 14496-12 section 4.2).
 *
 * <pre>
 * | size (4) | type (4) | size (8), if size = 1 | body … |      size 0: up to the end of what encloses it
 * </pre>
 *
 * @param type  four characters
 * @param body  what follows the header; every accessor works on duplicates, so it is never moved
 * @param depth how many boxes enclose it
 */
record Box(String type, ByteBuffer body, int depth) {
    /** The deepest that the standard nests what we read is moov/trak/mdia/minf/stbl/stsd/mp4a/wave/esds = 8. */
    private static final int MAX_DEPTH = 10;

    static String typeOf(int fourCharacters) {
        byte[] b = ByteBuffer.allocate(4).putInt(fourCharacters).array();
        return new String(b, StandardCharsets.ISO_8859_1);
    }

    /** The whole body from its beginning; big-endian. */
    ByteBuffer reader() {
        return body.duplicate();
    }

    /** The body behind version and flags (a FullBox); at least so many bytes of it. */
    ByteBuffer fullReader(int wanted) throws Mp4Exception {
        need(4 + wanted);
        ByteBuffer in = reader();
        in.getInt();
        return in;
    }

    int version() throws Mp4Exception {
        need(4);
        return body.get(body.position()) & 0xff;
    }

    int flags() throws Mp4Exception {
        need(4);
        return body.getInt(body.position()) & 0xffffff;
    }

    int size() {
        return body.remaining();
    }

    void need(long bytes) throws Mp4Exception {
        if (size() < bytes) {
            throw new Mp4Exception("box '" + type + "' needs " + bytes + " bytes and has " + size());
        }
    }

    byte[] bytes() {
        byte[] out = new byte[size()];
        reader().get(out);
        return out;
    }

    List<Box> children() throws Mp4Exception {
        return children(0);
    }

    /** The boxes in the body, behind its first bytes. */
    List<Box> children(int skipBytes) throws Mp4Exception {
        need(skipBytes);
        if (depth >= MAX_DEPTH) {
            throw new Mp4Exception("boxes are nested deeper than " + MAX_DEPTH + " at '" + type + "'");
        }
        ByteBuffer in = reader();
        in.position(in.position() + skipBytes);
        List<Box> out = new ArrayList<>();
        while (in.remaining() >= 8) {
            out.add(next(in));
        }
        return out;
    }

    private Box next(ByteBuffer in) throws Mp4Exception {
        int start = in.position();
        long size = Integer.toUnsignedLong(in.getInt());
        String childType = typeOf(in.getInt());
        if (size == 1 && in.remaining() >= 8) {
            size = in.getLong();
        } else if (size == 0) {
            size = in.limit() - start;
        }
        int header = in.position() - start;
        if (size < header || size > in.limit() - start) {
            throw new Mp4Exception("box '" + childType + "' in '" + type + "' claims " + size + " bytes; " + (in.limit() - start) + " are there");
        }
        int end = start + (int) size;
        Box child = new Box(childType, body.duplicate().limit(end).position(in.position()).slice(), depth + 1);
        in.position(end);
        return child;
    }

    /** The first child of a type, or null. */
    Box child(String childType) throws Mp4Exception {
        return first(children(), childType);
    }

    /** The first child of a type. */
    Box required(String childType) throws Mp4Exception {
        Box child = child(childType);
        if (child == null) {
            throw new Mp4Exception("box '" + type + "' has no '" + childType + "'");
        }
        return child;
    }

    static Box first(List<Box> boxes, String type) {
        return boxes.stream().filter(b -> b.type.equals(type)).findFirst().orElse(null);
    }
}
