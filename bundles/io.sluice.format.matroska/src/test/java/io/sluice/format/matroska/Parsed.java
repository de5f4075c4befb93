package io.sluice.format.matroska;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file taken apart for tests, strictly: every element within its parent, and what ends early left out. */
final class Parsed {
    final Map<Integer, ByteBuf> leaves = new LinkedHashMap<>();
    final List<Block> blocks = new ArrayList<>();
    final List<Long> clusters = new ArrayList<>();
    final List<Long> cueTimes = new ArrayList<>();
    final List<Long> cueClusters = new ArrayList<>();
    final Map<Long, Long> seek = new LinkedHashMap<>();
    final List<String> codecs = new ArrayList<>();
    int segment;
    long segmentSize;
    boolean cut;
    private long clusterMillis;
    private long seekId;

    /** A frame; times in milliseconds. */
    record Block(int track, long millis, boolean key, ByteBuf payload) {
    }

    Parsed(ByteBuf file) {
        children(file.slice(), 0);
    }

    private void children(ByteBuf in, int base) {
        while (in.isReadable()) {
            int start = base + in.readerIndex();
            if (in.readableBytes() < 2) {
                cut = true;
                return;
            }
            int id = id(in);
            long size = size(in);
            if (id == Id.SEGMENT) {
                segment = base + in.readerIndex();
                segmentSize = size;
                size = size == -1 ? in.readableBytes() : size;
            }
            if (size > in.readableBytes()) {
                cut = true;
                return;
            }
            element(id, in.readSlice((int) size), base + in.readerIndex() - (int) size, start);
        }
    }

    private void element(int id, ByteBuf data, int base, int start) {
        switch (id) {
            case Id.CLUSTER -> {
                clusters.add((long) start - segment);
                children(data, base);
            }
            case Id.EBML, Id.SEGMENT, Id.SEEK_HEAD, Id.SEEK, Id.INFO, Id.TRACKS, Id.TRACK_ENTRY, Id.VIDEO, Id.AUDIO, Id.CUES, Id.CUE_POINT, Id.CUE_TRACK_POSITIONS ->
                children(data, base);
            case Id.TIMESTAMP -> clusterMillis = number(data);
            case Id.SIMPLE_BLOCK -> blocks.add(new Block((int) size(data), clusterMillis + data.readShort(), (data.readByte() & 0x80) != 0, data));
            case Id.CUE_TIME -> cueTimes.add(number(data));
            case Id.CUE_CLUSTER_POSITION -> cueClusters.add(number(data));
            case Id.SEEK_ID -> seekId = number(data);
            case Id.SEEK_POSITION -> seek.put(seekId, number(data));
            case Id.CODEC_ID -> codecs.add(data.toString(StandardCharsets.US_ASCII));
            default -> leaves.putIfAbsent(id, data);
        }
    }

    private static int id(ByteBuf in) {
        int first = in.getUnsignedByte(in.readerIndex());
        int length = Integer.numberOfLeadingZeros(first) - 23;
        int id = 0;
        for (int i = 0; i < length; i++) {
            id = id << 8 | in.readUnsignedByte();
        }
        return id;
    }

    /** -1 where it is unknown. */
    private static long size(ByteBuf in) {
        int first = in.readUnsignedByte();
        int more = Integer.numberOfLeadingZeros(first) - 24;
        long size = first & (0x7f >> more);
        for (int i = 0; i < more; i++) {
            size = size << 8 | (in.isReadable() ? in.readUnsignedByte() : 0);
        }
        return size == (1L << 7 * (more + 1)) - 1 ? -1 : size;
    }

    static long number(ByteBuf data) {
        long value = 0;
        while (data.isReadable()) {
            value = value << 8 | data.readUnsignedByte();
        }
        return value;
    }

    String text(int id) {
        return leaves.get(id).toString(StandardCharsets.UTF_8);
    }
}
