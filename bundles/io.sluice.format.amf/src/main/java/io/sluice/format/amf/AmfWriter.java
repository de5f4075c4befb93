package io.sluice.format.amf;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes AMF0 values; borrows the buffer it writes to. */
public final class AmfWriter {
    /** Of a string with a 16-bit length. */
    private static final int MAX_SHORT_BYTES = 0xFFFF;

    private AmfWriter() {
    }

    /**
     * Writes each value: null, Boolean, Number (as double), CharSequence, Map (as object), {@link AmfArray} (as ECMA array) and List (as strict array).
     *
     * @throws IllegalArgumentException for other types
     */
    public static void write(ByteBuf out, Object... values) {
        for (Object v : values) {
            value(out, v);
        }
    }

    private static void value(ByteBuf out, Object v) {
        if (v == null) {
            out.writeByte(AmfMarker.NULL);
        } else if (v instanceof Number n) {
            out.writeByte(AmfMarker.NUMBER).writeDouble(n.doubleValue());
        } else if (v instanceof Boolean b) {
            out.writeByte(AmfMarker.BOOLEAN).writeByte(b ? 1 : 0);
        } else if (v instanceof CharSequence s) {
            string(out, s.toString());
        } else if (v instanceof Map<?, ?> map) {
            out.writeByte(AmfMarker.OBJECT);
            properties(out, map);
        } else if (v instanceof AmfArray array) {
            out.writeByte(AmfMarker.ECMA_ARRAY).writeInt(array.entries().size());
            properties(out, array.entries());
        } else if (v instanceof List<?> list) {
            out.writeByte(AmfMarker.STRICT_ARRAY).writeInt(list.size());
            list.forEach(e -> value(out, e));
        } else {
            throw new IllegalArgumentException("AMF0 has no form for " + v.getClass().getName());
        }
    }

    private static void properties(ByteBuf out, Map<?, ?> map) {
        map.forEach((name, v) -> {
            byte[] utf8 = name.toString().getBytes(StandardCharsets.UTF_8);
            if (utf8.length > MAX_SHORT_BYTES) {
                throw new IllegalArgumentException("AMF0 property name of " + utf8.length + " bytes");
            }
            out.writeShort(utf8.length).writeBytes(utf8);
            value(out, v);
        });
        out.writeShort(0).writeByte(AmfMarker.OBJECT_END);
    }

    private static void string(ByteBuf out, String s) {
        byte[] utf8 = s.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= MAX_SHORT_BYTES) {
            out.writeByte(AmfMarker.STRING).writeShort(utf8.length);
        } else {
            out.writeByte(AmfMarker.LONG_STRING).writeInt(utf8.length);
        }
        out.writeBytes(utf8);
    }
}
