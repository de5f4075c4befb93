package io.sluice.format.mp4;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** Builds boxes for tests. */
final class BoxWriter {
    private BoxWriter() {
    }

    static byte[] box(String type, byte[]... parts) {
        byte[] body = join(parts);
        return join(ints(8 + body.length), type.getBytes(StandardCharsets.ISO_8859_1), body);
    }

    static byte[] full(String type, int versionAndFlags, byte[]... parts) {
        return box(type, ints(versionAndFlags), join(parts));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] ints(int... values) {
        ByteBuffer out = ByteBuffer.allocate(4 * values.length);
        for (int v : values) {
            out.putInt(v);
        }
        return out.array();
    }

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A movie of one AAC track with 1000 units a second, whose sample tables are given. */
    static byte[] movie(byte[] elst, byte[]... tables) {
        return box("moov", mvhd(), aacTrack(1, elst, tables));
    }

    static byte[] mvhd() {
        return full("mvhd", 0, ints(0, 0, 1000, 0), new byte[80]);
    }

    static byte[] aacTrack(int id, byte[] elst, byte[]... tables) {
        byte[] esds = full("esds", 0, hex("0316 0000 00 0411 40 15 000000 00000000 00000000 0502 1190"));
        byte[] mp4a = box("mp4a", new byte[6], hex("0001"), new byte[8], hex("0002 0010 0000 0000 bb80 0000"), esds);
        byte[] stbl = box("stbl", full("stsd", 0, ints(1), mp4a), join(tables));
        byte[] mdhd = full("mdhd", 0, ints(0, 0, 1000, 0), hex("15c7 0000"));
        byte[] hdlr = full("hdlr", 0, ints(0), ascii("soun"), new byte[13]);
        byte[] edts = elst.length == 0 ? elst : box("edts", elst);
        return box("trak", full("tkhd", 3, ints(0, 0, id, 0, 0), new byte[60]), edts, box("mdia", mdhd, hdlr, box("minf", stbl)));
    }

    static SeekableByteChannel channel(Path folder, byte[]... parts) throws Exception {
        Path file = Files.createTempFile(folder, "made", ".mp4");
        Files.write(file, join(parts));
        return Files.newByteChannel(file);
    }
}
