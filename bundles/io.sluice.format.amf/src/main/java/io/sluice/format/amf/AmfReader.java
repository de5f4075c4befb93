package io.sluice.format.amf;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads AMF0 values as Double, Boolean, String, LinkedHashMap, List and null. Dates become milliseconds since 1970 as Double, XML its text, undefined
 * and unsupported become null. One reader for one message: its limits count over all values. Not thread-safe; borrows its buffer and moves its reader index.
 */
public final class AmfReader {
    private final ByteBuf in;
    private final AmfLimits limits;
    private final int end;
    private int elements;

    public AmfReader(ByteBuf in) {
        this(in, AmfLimits.DEFAULT);
    }

    public AmfReader(ByteBuf in, AmfLimits limits) {
        this.in = in;
        this.limits = limits;
        if (in.readableBytes() > limits.bytes()) {
            throw new AmfException("AMF0 of " + in.readableBytes() + " bytes, at most " + limits.bytes() + " are read");
        }
        this.end = in.writerIndex();
    }

    /** Every value up to the buffer's end. */
    public List<Object> readAll() {
        List<Object> all = new ArrayList<>();
        while (in.readerIndex() < end) {
            all.add(read());
        }
        return all;
    }

    public boolean hasMore() {
        return in.readerIndex() < end;
    }

    public Object read() {
        return value(0);
    }

    private Object value(int depth) {
        if (++elements > limits.elements()) {
            throw new AmfException("more than " + limits.elements() + " AMF0 values in one message");
        }
        need(1);
        int marker = in.readUnsignedByte();
        return switch (marker) {
            case AmfMarker.NUMBER -> number();
            case AmfMarker.BOOLEAN -> bool();
            case AmfMarker.STRING -> text(shortLength());
            case AmfMarker.LONG_STRING, AmfMarker.XML_DOCUMENT -> text(longLength());
            case AmfMarker.NULL, AmfMarker.UNDEFINED, AmfMarker.UNSUPPORTED -> null;
            case AmfMarker.DATE -> date();
            case AmfMarker.OBJECT -> object(deeper(depth));
            case AmfMarker.TYPED_OBJECT -> typedObject(deeper(depth));
            case AmfMarker.ECMA_ARRAY -> ecmaArray(deeper(depth));
            case AmfMarker.STRICT_ARRAY -> strictArray(deeper(depth));
            default -> throw new AmfException(AmfMarker.refusal(marker));
        };
    }

    private int deeper(int depth) {
        if (depth >= limits.depth()) {
            throw new AmfException("AMF0 nested deeper than " + limits.depth());
        }
        return depth + 1;
    }

    private Double number() {
        need(8);
        return in.readDouble();
    }

    private Boolean bool() {
        need(1);
        return in.readByte() != 0;
    }

    private Double date() {
        need(10);
        double millis = in.readDouble();
        in.skipBytes(2);
        return millis;
    }

    private Map<String, Object> typedObject(int depth) {
        text(shortLength());
        return object(depth);
    }

    /** The count in front is a hint that encoders get wrong; the end marker rules, and so does the buffer's end. */
    private Map<String, Object> ecmaArray(int depth) {
        need(4);
        in.skipBytes(4);
        return in.readerIndex() == end ? new LinkedHashMap<>() : object(depth);
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        while (true) {
            String name = text(shortLength());
            need(1);
            if (in.getUnsignedByte(in.readerIndex()) == AmfMarker.OBJECT_END && name.isEmpty()) {
                in.skipBytes(1);
                return object;
            }
            object.put(name, value(depth));
            if (in.readerIndex() == end && depth == 1) {
                return object;
            }
        }
    }

    private List<Object> strictArray(int depth) {
        long count = longLength();
        if (count > end - in.readerIndex()) {
            throw new AmfException("AMF0 array of " + count + " values in " + (end - in.readerIndex()) + " bytes");
        }
        List<Object> list = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            list.add(value(depth));
        }
        return list;
    }

    private int shortLength() {
        need(2);
        return in.readUnsignedShort();
    }

    private long longLength() {
        need(4);
        return in.readUnsignedInt();
    }

    private String text(long bytes) {
        need(bytes);
        return in.readCharSequence((int) bytes, StandardCharsets.UTF_8).toString();
    }

    private void need(long bytes) {
        if (end - in.readerIndex() < bytes) {
            throw new AmfException("AMF0 ends early: " + bytes + " bytes wanted, " + (end - in.readerIndex()) + " left");
        }
    }
}
