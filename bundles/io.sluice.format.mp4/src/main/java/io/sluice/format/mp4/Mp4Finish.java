package io.sluice.format.mp4;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes a plain MP4 file of a fragmented one: 'moov' with all sample tables first, then the media, so that a player has the index with the first bytes and can go anywhere.
 *
 * <p>Two walks over the fragments and one copy of the media, by the kernel where it can. What is held in memory does not depend on the recording's length: one fragment's index and
 * 16 KiB for each table. A file cut short, as a crash leaves it, is made whole up to its last whole fragment.
 */
public final class Mp4Finish {
    /** Added to the file's name while the plain one is being made beside it. What a crash left under this name may be deleted. */
    public static final String SUFFIX = ".finishing";
    private static final long SIZE_32 = 0xffff_ffffL;

    private final FileChannel in;
    private final Box moov;
    private final Box mvex;
    private final long most32;
    private long mediaBytes;

    private Mp4Finish(FileChannel in, Box moov, Box mvex, long most32) {
        this.in = in;
        this.moov = moov;
        this.mvex = mvex;
        this.most32 = most32;
    }

    /**
     * Makes it beside the file, on disk before it takes the file's place in one step. Blocks for as long as a copy of the file takes, and needs as much room; interrupting the thread
     * ends it. Nobody may write the file meanwhile.
     *
     * @return false where the file has no fragments, so there is nothing to do
     * @throws IOException when it cannot be read or written; the file is as it was
     */
    public static boolean finish(Path file) throws IOException {
        Path made = file.resolveSibling(file.getFileName() + SUFFIX);
        try (FileChannel in = FileChannel.open(file); FileChannel out = FileChannel.open(made, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            if (!copy(in, out, SIZE_32)) {
                return false;
            }
            out.force(true);
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } finally {
            Files.deleteIfExists(made);
        }
    }

    /**
     * Both channels stay the caller's.
     *
     * @param out    empty
     * @param most32 the greatest offset and size that is written with 32 bits
     * @return as {@link #finish}
     */
    static boolean copy(FileChannel in, FileChannel out, long most32) throws IOException {
        FileBoxes boxes = new FileBoxes(in);
        boxes.endWhereCut();
        for (FileBoxes.Header header = boxes.next(); header != null; header = boxes.next()) {
            if (header.type().equals("moov")) {
                Box moov = boxes.load(header);
                Box mvex = moov.child("mvex");
                if (mvex != null) {
                    new Mp4Finish(in, moov, mvex, most32).copyTo(out);
                }
                return mvex != null;
            }
        }
        throw new Mp4Exception("no MP4: it has no 'moov' box");
    }

    private void copyTo(FileChannel out) throws IOException {
        Map<Integer, TrackTables> counted = new LinkedHashMap<>();
        for (Box trak : moov.children()) {
            if (trak.type().equals("trak")) {
                counted.put(TrackBuilder.trackId(trak), new TrackTables(Table::counting, true));
            }
        }
        walk(counted, 0, null);
        ByteBuf head = Unpooled.buffer();
        PlainMovie movie = new PlainMovie(moov, counted, false, head);
        if (movie.write() + 16 + mediaBytes > most32) {
            head.clear();
            movie = new PlainMovie(moov, counted, true, head);
            movie.write();
        }
        long mediaAt = mediaHeader(head, movie.bytes());
        Map<Integer, TrackTables> tables = movie.place(out);
        out.position(mediaAt);
        walk(tables, mediaAt, out);
    }

    /** @param at where it will be, with the tables in place @return where the media begins */
    private long mediaHeader(ByteBuf head, long at) {
        boolean wide = mediaBytes + 8 > most32;
        head.writeInt(wide ? 1 : (int) (mediaBytes + 8));
        BoxOutput.type(head, "mdat");
        if (wide) {
            head.writeLong(mediaBytes + 16);
        }
        return at + (wide ? 16 : 8);
    }

    /** @param out gets the media from its position on, or null */
    private void walk(Map<Integer, TrackTables> tables, long mediaAt, FileChannel out) throws IOException {
        FileBoxes boxes = new FileBoxes(in);
        boxes.endWhereCut();
        Fragments fragments = new Fragments(tables, mvex);
        FileBoxes.Header moof = null;
        mediaBytes = 0;
        for (FileBoxes.Header header = boxes.next(); header != null; header = boxes.next()) {
            if (moof != null && header.type().equals("mdat")) {
                for (TrackTables table : tables.values()) {
                    table.media(header.body(), header.end(), mediaAt + mediaBytes - header.body());
                }
                fragments.append(boxes.load(moof), moof.offset());
                for (TrackTables table : tables.values()) {
                    table.endChunk();
                }
                transfer(header, out);
                mediaBytes += header.end() - header.body();
            }
            moof = header.type().equals("moof") ? header : null;
        }
        for (TrackTables table : tables.values()) {
            table.end();
        }
    }

    private void transfer(FileBoxes.Header mdat, FileChannel out) throws IOException {
        long at = out == null ? mdat.end() : mdat.body();
        while (at < mdat.end()) {
            long moved = in.transferTo(at, mdat.end() - at, out);
            if (moved <= 0) {
                throw new IOException("the file ended at byte " + at + " while it was copied");
            }
            at += moved;
        }
    }

    /** All of it, to the channel's position. */
    static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
