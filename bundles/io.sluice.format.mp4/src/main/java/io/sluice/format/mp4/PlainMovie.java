package io.sluice.format.mp4;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * 'ftyp' and 'moov' of a plain file, made of the 'moov' of a fragmented one: what it says of the tracks stays, what it says of times and samples is new. The entries of the tables are
 * left out: they have their places once their numbers are known, and are written there while the fragments are read again.
 */
final class PlainMovie {
    private static final int TABLES = 6;

    private final Box moov;
    private final Map<Integer, TrackTables> counted;
    private final boolean wideOffsets;
    private final ByteBuf out;
    private final List<Gap> gaps = new ArrayList<>();
    private final long timescale;
    private long gapBytes;

    /**
     * The place of a table's entries.
     *
     * @param at    in what is written, which leaves them out
     * @param bytes 0 where the box is left out as well
     */
    private record Gap(int at, long bytes) {
    }

    /** What writes a body. */
    private interface Body {
        void write() throws IOException;
    }

    /**
     * @param counted     tables by track, after they have counted
     * @param wideOffsets offsets of chunks have 64 bits
     * @param out         gets everything but the entries of the tables; empty
     */
    PlainMovie(Box moov, Map<Integer, TrackTables> counted, boolean wideOffsets, ByteBuf out) throws Mp4Exception {
        this.moov = moov;
        this.counted = counted;
        this.wideOffsets = wideOffsets;
        this.out = out;
        this.timescale = timescale(moov.required("mvhd"));
    }

    /** Of 'mvhd' and 'mdhd'. */
    private static long timescale(Box header) throws Mp4Exception {
        int at = header.version() == 1 ? 20 : 12;
        header.need(at + 4);
        long timescale = Integer.toUnsignedLong(header.body().getInt(at));
        if (timescale == 0) {
            throw new Mp4Exception("'" + header.type() + "' has a time scale of 0 units a second");
        }
        return timescale;
    }

    /** @return how many bytes it takes with the tables */
    long write() throws IOException {
        if (counted.values().stream().allMatch(t -> t.samples() == 0)) {
            throw new Mp4Exception("no whole fragment is in the file");
        }
        MovieOutput.fileType(out, "isom", "isom", "iso2", "iso4", "mp41");
        box("moov", () -> {
            for (Box child : moov.children()) {
                switch (child.type()) {
                    case "mvhd" -> header(child, child.version() == 1 ? 24 : 16, movieDuration());
                    case "trak" -> track(child);
                    case "mvex" -> { }
                    default -> copy(child);
                }
            }
        });
        if (gaps.size() != TABLES * counted.values().stream().filter(t -> t.samples() > 0).count()) {
            throw new Mp4Exception("the tracks in 'moov' have not each a number of their own and one sample table");
        }
        return bytes();
    }

    long bytes() {
        return out.readableBytes() + gapBytes;
    }

    /**
     * Writes it and what was appended to the beginning of the file, the places of the tables left empty.
     *
     * @return tables that write their entries to these places
     */
    Map<Integer, TrackTables> place(FileChannel file) throws IOException {
        List<Table> tables = new ArrayList<>();
        int from = 0;
        for (Gap gap : gaps) {
            Mp4Finish.write(file, out.nioBuffer(from, gap.at - from));
            tables.add(gap.bytes == 0 ? Table.counting() : Table.at(file, file.position()));
            file.position(file.position() + gap.bytes);
            from = gap.at;
        }
        Mp4Finish.write(file, out.nioBuffer(from, out.writerIndex() - from));
        Iterator<Table> next = tables.iterator();
        Map<Integer, TrackTables> placed = new LinkedHashMap<>();
        counted.forEach((id, t) -> placed.put(id, new TrackTables(t.samples() == 0 ? Table::counting : next::next, wideOffsets)));
        return placed;
    }

    private void box(String type, Body body) throws IOException {
        int at = out.writerIndex();
        long before = gapBytes;
        out.writeInt(0);
        BoxOutput.type(out, type);
        body.write();
        out.setInt(at, (int) (out.writerIndex() - at + gapBytes - before));
    }

    private void copy(Box box) throws IOException {
        box(box.type(), () -> out.writeBytes(box.reader()));
    }

    /** A copy with another duration, which has 64 bits in version 1 and 32 in version 0. */
    private void header(Box header, int at, long units) throws IOException {
        header.need(at + 8);
        int start = out.writerIndex() + 8;
        copy(header);
        if (header.version() == 1) {
            out.setLong(start + at, units);
        } else {
            out.setInt(start + at, (int) Math.min(0xffff_ffffL, units));
        }
    }

    private long movieDuration() throws IOException {
        long longest = 0;
        for (Box trak : moov.children()) {
            if (trak.type().equals("trak")) {
                longest = Math.max(longest, edit(trak).movieDuration());
            }
        }
        return longest;
    }

    private PlainEdit edit(Box trak) throws IOException {
        return PlainEdit.of(counted.get(TrackBuilder.trackId(trak)), EditList.of(trak), timescale(trak.required("mdia").required("mdhd")), timescale);
    }

    private void track(Box trak) throws IOException {
        TrackTables tables = counted.get(TrackBuilder.trackId(trak));
        if (tables.samples() == 0) {
            return;
        }
        PlainEdit edit = edit(trak);
        box("trak", () -> {
            for (Box child : trak.children()) {
                switch (child.type()) {
                    case "tkhd" -> {
                        header(child, child.version() == 1 ? 28 : 20, edit.movieDuration());
                        edit.write(out);
                    }
                    case "edts" -> { }
                    case "mdia" -> media(child, tables);
                    default -> copy(child);
                }
            }
        });
    }

    private void media(Box mdia, TrackTables tables) throws IOException {
        box("mdia", () -> {
            for (Box child : mdia.children()) {
                switch (child.type()) {
                    case "mdhd" -> header(child, child.version() == 1 ? 24 : 16, tables.mediaDuration());
                    case "minf" -> information(child, tables);
                    default -> copy(child);
                }
            }
        });
    }

    private void information(Box minf, TrackTables tables) throws IOException {
        box("minf", () -> {
            for (Box child : minf.children()) {
                if (child.type().equals("stbl")) {
                    Box stsd = child.required("stsd");
                    box("stbl", () -> {
                        copy(stsd);
                        tables(tables);
                    });
                } else {
                    copy(child);
                }
            }
        });
    }

    /** In the order in which {@link TrackTables} asks for them. */
    private void tables(TrackTables t) throws IOException {
        table("stts", 0, t.durations.entries(), 8);
        table("ctts", 1, t.composed() ? t.compositions.entries() : 0, 8);
        table("stss", 0, t.allKeys() ? 0 : t.keys.entries(), 4);
        table("stsz", 0, t.sizes.entries(), 4);
        table("stsc", 0, t.chunkRuns.entries(), 12);
        table(wideOffsets ? "co64" : "stco", 0, t.chunks.entries(), wideOffsets ? 8 : 4);
    }

    private void table(String type, int version, int entries, int bytesEach) throws IOException {
        long bytes = (long) entries * bytesEach;
        if (bytes > 0) {
            box(type, () -> {
                out.writeInt(version << 24);
                if (type.equals("stsz")) {
                    out.writeInt(0);
                }
                out.writeInt(entries);
                gapBytes += bytes;
            });
        }
        gaps.add(new Gap(out.writerIndex(), bytes));
    }
}
