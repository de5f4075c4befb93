package io.sluice.testkit.media;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The identity of a frame's payload, the same in FLV and in MPEG-TS: of H.264 the slices (NAL unit types 1 to 5; a container may add or move delimiters, parameter
 * sets and SEI) without trailing zero bytes, of AAC the raw access unit, of all else the whole body.
 */
public final class FrameHash {
    /** 64 bits: two different frames of one test do not meet by accident. */
    private static final int BYTES = 8;

    private FrameHash() {
    }

    static String of(MediaFrame frame) {
        byte[] body = frame.body();
        if (frame.kind() == Kind.VIDEO && !frame.header() && body[0] >= 0 && (body[0] & 0x0F) == 7) {
            return ofSlices(lengthPrefixed(ByteBuffer.wrap(body, 5, body.length - 5)));
        }
        if (frame.kind() == Kind.AUDIO && !frame.header() && (body[0] & 0xF0) == 0xA0) {
            return ofBytes(ByteBuffer.wrap(body, 2, body.length - 2));
        }
        return ofBytes(ByteBuffer.wrap(body));
    }

    /** @param nalUnits of one access unit, without start codes or lengths */
    public static String ofSlices(List<ByteBuffer> nalUnits) {
        MessageDigest digest = digest();
        for (ByteBuffer unit : nalUnits) {
            int type = unit.get(unit.position()) & 0x1F;
            if (type >= 1 && type <= 5) {
                ByteBuffer slice = withoutTrailingZeros(unit);
                digest.update(ByteBuffer.allocate(4).putInt(0, slice.remaining()));
                digest.update(slice);
            }
        }
        return text(digest);
    }

    public static String ofBytes(ByteBuffer bytes) {
        MessageDigest digest = digest();
        digest.update(bytes.duplicate());
        return text(digest);
    }

    private static List<ByteBuffer> lengthPrefixed(ByteBuffer in) {
        List<ByteBuffer> units = new java.util.ArrayList<>();
        while (in.remaining() > 4) {
            int length = in.getInt();
            if (length <= 0 || length > in.remaining()) {
                throw new IllegalArgumentException("a NAL unit of " + length + " bytes where " + in.remaining() + " are left");
            }
            units.add(in.slice(in.position(), length));
            in.position(in.position() + length);
        }
        return units;
    }

    private static ByteBuffer withoutTrailingZeros(ByteBuffer unit) {
        int end = unit.limit();
        while (end > unit.position() + 1 && unit.get(end - 1) == 0) {
            end--;
        }
        return unit.slice(unit.position(), end - unit.position());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String text(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }
}
