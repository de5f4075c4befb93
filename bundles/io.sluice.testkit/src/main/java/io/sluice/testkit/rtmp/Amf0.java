package io.sluice.testkit.rtmp;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** AMF 0 as far as commands and metadata need it: numbers, booleans, strings, objects, arrays, null. */
public final class Amf0 {
    private Amf0() {
    }

    public static byte[] encode(Object... values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            for (Object value : values) {
                write(new DataOutputStream(bytes), value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Object value) throws IOException {
        if (value == null) {
            out.writeByte(5);
        } else if (value instanceof Number n) {
            out.writeByte(0);
            out.writeDouble(n.doubleValue());
        } else if (value instanceof Boolean b) {
            out.writeByte(1);
            out.writeBoolean(b);
        } else if (value instanceof String s) {
            out.writeByte(2);
            string(out, s);
        } else {
            out.writeByte(3);
            for (Map.Entry<?, ?> e : ((Map<?, ?>) value).entrySet()) {
                string(out, (String) e.getKey());
                write(out, e.getValue());
            }
            out.writeShort(0);
            out.writeByte(9);
        }
    }

    private static void string(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(utf8.length);
        out.write(utf8);
    }

    /** All values in the payload; an object is a Map, an absent value null. */
    public static List<Object> decode(byte[] payload) {
        ByteBuffer in = ByteBuffer.wrap(payload);
        List<Object> values = new ArrayList<>();
        while (in.hasRemaining()) {
            values.add(read(in));
        }
        return values;
    }

    private static Object read(ByteBuffer in) {
        int marker = in.get();
        return switch (marker) {
            case 0 -> in.getDouble();
            case 1 -> in.get() != 0;
            case 2 -> text(in, in.getShort() & 0xFFFF);
            case 3 -> object(in);
            case 5, 6 -> null;
            case 8 -> {
                in.getInt();
                yield object(in);
            }
            case 10 -> array(in);
            case 11 -> {
                double date = in.getDouble();
                in.getShort();
                yield date;
            }
            case 12 -> text(in, in.getInt());
            default -> throw new IllegalArgumentException("AMF 0 marker " + marker + " at byte " + (in.position() - 1));
        };
    }

    private static Map<String, Object> object(ByteBuffer in) {
        Map<String, Object> map = new LinkedHashMap<>();
        while (true) {
            String key = text(in, in.getShort() & 0xFFFF);
            if (key.isEmpty() && in.get(in.position()) == 9) {
                in.get();
                return map;
            }
            map.put(key, read(in));
        }
    }

    private static List<Object> array(ByteBuffer in) {
        List<Object> list = new ArrayList<>();
        for (int n = in.getInt(); n > 0; n--) {
            list.add(read(in));
        }
        return list;
    }

    private static String text(ByteBuffer in, int length) {
        byte[] utf8 = new byte[length];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
