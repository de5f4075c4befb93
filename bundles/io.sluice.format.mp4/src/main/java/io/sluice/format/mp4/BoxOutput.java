package io.sluice.format.mp4;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Writes boxes (ISO/IEC 14496-12 section 4.2) to the end of a buffer; each size is filled in when the body is there. */
final class BoxOutput {
    private BoxOutput() {
    }

    /** What writes a body. */
    @FunctionalInterface
    interface Body {
        void write();
    }

    static void box(ByteBuf out, String type, Body body) {
        int at = out.writerIndex();
        out.writeInt(0);
        type(out, type);
        body.write();
        out.setInt(at, out.writerIndex() - at);
    }

    /** A box with version and flags (a FullBox). */
    static void full(ByteBuf out, String type, int version, int flags, Body body) {
        box(out, type, () -> {
            out.writeByte(version).writeMedium(flags);
            body.write();
        });
    }

    static void type(ByteBuf out, String fourCharacters) {
        out.writeCharSequence(fourCharacters, StandardCharsets.ISO_8859_1);
    }
}
