package io.sluice.format.flv;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Tracks;
import io.sluice.format.files.Patch;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long a recorded file is: the first two values of its onMetaData (Annex E.5), which are 0 until the file is finished.
 *
 * <pre>
 * | 2, 10, "onMetaData" | 8, count (4) | 8, "duration" | 0, double | 8, "filesize" | 0, double | …
 * </pre>
 */
public final class FlvLength {
    /** Of a file's beginning, which hold both values. */
    public static final int HEAD_BYTES = 80;
    /** File header, first "previous tag size", header of the first tag. */
    private static final int BODY = 9 + 4 + FlvTag.HEADER_BYTES;
    private static final int NAME_BYTES = 13;
    private static final int COUNT_BYTES = 5;
    private static final byte[] DURATION = name("duration");
    private static final byte[] FILE_SIZE = name("filesize");
    private static final int DURATION_AT = BODY + NAME_BYTES + COUNT_BYTES;
    private static final int FILE_SIZE_AT = DURATION_AT + DURATION.length + 8;

    private FlvLength() {
    }

    /** A property's name with its length before and the marker of a number after it. */
    private static byte[] name(String name) {
        ByteBuf out = Unpooled.buffer();
        out.writeShort(name.length()).writeCharSequence(name, StandardCharsets.US_ASCII);
        return ByteBufUtil.getBytes(out.writeByte(0));
    }

    /** Writes "onMetaData" as {@link FlvMetadata#write} does, with room for the length: the body of a file's first tag. */
    public static void room(ByteBuf out, Tracks tracks) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("duration", 0);
        values.put("filesize", 0);
        FlvMetadata.write(out, tracks, values);
    }

    /**
     * What a finished file still gets.
     *
     * @param head of the file, {@value #HEAD_BYTES} bytes or what it has; borrowed
     * @return nothing where the file has no such room
     */
    public static List<Patch> patches(ByteBuf head, long durationMillis, long fileBytes) {
        int at = head.readerIndex();
        if (head.readableBytes() < FILE_SIZE_AT + FILE_SIZE.length + 8 || !found(head, at + DURATION_AT, DURATION) || !found(head, at + FILE_SIZE_AT, FILE_SIZE)) {
            return List.of();
        }
        return List.of(patch(DURATION_AT + DURATION.length, durationMillis / 1000.0), patch(FILE_SIZE_AT + FILE_SIZE.length, fileBytes));
    }

    private static boolean found(ByteBuf head, int at, byte[] wanted) {
        return ByteBufUtil.equals(head, at, Unpooled.wrappedBuffer(wanted), 0, wanted.length);
    }

    private static Patch patch(int offset, double value) {
        return new Patch(offset, ByteBufUtil.getBytes(Unpooled.buffer(8).writeDouble(value)));
    }
}
