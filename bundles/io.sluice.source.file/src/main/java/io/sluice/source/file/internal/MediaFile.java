package io.sluice.source.file.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.format.codec.NalUnits;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/** An opened MP4 or FLV file: what it has, in which order, and its bytes. Blocks, so it is used on the workers; one of them at a time. */
final class MediaFile implements Closeable {
    /** An FLV tag cannot be larger (24 bits), and no picture that a live stream can carry is. */
    static final int MAX_SAMPLE_BYTES = 0xffffff;

    private final SeekableByteChannel channel;
    private final List<MediaTrack> tracks;
    private final Supplier<Iterator<MediaSample>> samples;

    /** @param samples all samples once, in order of decoding time */
    MediaFile(SeekableByteChannel channel, List<MediaTrack> tracks, Supplier<Iterator<MediaSample>> samples) {
        this.channel = channel;
        this.tracks = List.copyOf(tracks);
        this.samples = samples;
    }

    /** Reads the index of a file of either kind, told apart by its first bytes. Takes over the channel: it is closed with the answer, or here when this fails. */
    static MediaFile open(SeekableByteChannel channel) throws IOException {
        try {
            return isFlv(channel) ? FlvMedia.open(channel) : Mp4Media.open(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean isFlv(SeekableByteChannel channel) throws IOException {
        if (channel.size() < 3) {
            return false;
        }
        ByteBuffer first = ByteBuffer.allocate(3);
        readFully(channel, 0, first);
        return first.get(0) == 'F' && first.get(1) == 'L' && first.get(2) == 'V';
    }

    List<MediaTrack> tracks() {
        return tracks;
    }

    Iterator<MediaSample> samples() {
        return samples.get();
    }

    /** The sample's bytes in the form that a stream wants; owned by the caller. */
    ByteBuf read(MediaSample sample) throws IOException {
        if (sample.size() > MAX_SAMPLE_BYTES) {
            throw new IOException("a sample of at most " + MAX_SAMPLE_BYTES + " bytes was wanted, one of " + sample.size() + " was found");
        }
        byte[] bytes = new byte[sample.size()];
        readFully(channel, sample.offset(), ByteBuffer.wrap(bytes));
        ByteBuf as = Unpooled.wrappedBuffer(bytes);
        int lengths = sample.track().nalLengthBytes();
        return lengths == 4 ? as : lengthsOfFour(as, lengths);
    }

    private static ByteBuf lengthsOfFour(ByteBuf shorter, int lengths) throws IOException {
        ByteBuf out = Unpooled.buffer(shorter.readableBytes() + 64);
        try {
            NalUnits.toFourByteLengths(shorter, lengths, out);
            return out;
        } catch (IllegalArgumentException e) {
            out.release();
            throw new IOException(e.getMessage());
        } finally {
            shorter.release();
        }
    }

    static void readFully(SeekableByteChannel channel, long offset, ByteBuffer into) throws IOException {
        channel.position(offset);
        while (into.hasRemaining()) {
            if (channel.read(into) < 0) {
                throw new EOFException("the file has ended at byte " + (offset + into.position()) + "; it had more when it was opened");
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
