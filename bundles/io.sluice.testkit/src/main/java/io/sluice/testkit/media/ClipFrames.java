package io.sluice.testkit.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The frames of an FLV file (FLV 10.1, annex E), once or looped with times that go on. */
public final class ClipFrames {
    private static final int FILE_HEADER = 9;
    private static final int TAG_HEADER = 11;
    private static final int BACK_POINTER = 4;

    private final List<MediaFrame> headers = new ArrayList<>();
    private final List<MediaFrame> media = new ArrayList<>();

    private ClipFrames(ByteBuffer file) {
        if (file.remaining() < FILE_HEADER || file.get(0) != 'F' || file.get(1) != 'L' || file.get(2) != 'V') {
            throw new IllegalArgumentException("not an FLV file: it does not begin with \"FLV\"");
        }
        file.position(file.getInt(5) + BACK_POINTER);
        while (file.remaining() >= TAG_HEADER) {
            tag(file);
        }
    }

    public static ClipFrames of(Path flv) throws IOException {
        return new ClipFrames(ByteBuffer.wrap(Files.readAllBytes(flv)));
    }

    private void tag(ByteBuffer file) {
        int at = file.position();
        int length = file.getInt(at) & 0xFFFFFF;
        int time = file.getInt(at + 4);
        long millis = (time >>> 8 & 0xFFFFFF) | (long) (time & 0xFF) << 24;
        byte[] body = new byte[length];
        file.position(at + TAG_HEADER).get(body);
        file.position(Math.min(file.limit(), file.position() + BACK_POINTER));
        Kind kind = Kind.of(file.get(at) & 0x1F);
        MediaFrame frame = kind == null ? null : new MediaFrame(kind, millis, body);
        if (frame != null && !endOfSequence(frame)) {
            (frame.header() ? headers : media).add(frame);
        }
    }

    private static boolean endOfSequence(MediaFrame frame) {
        return frame.kind() == Kind.VIDEO && frame.header() && frame.body().length > 1 && frame.body()[0] >= 0 && frame.body()[1] == 2;
    }

    /** Metadata and the decoders' configurations. */
    public List<MediaFrame> headers() {
        return List.copyOf(headers);
    }

    /** Video and audio in the file's order. */
    public List<MediaFrame> media() {
        return List.copyOf(media);
    }

    /** From the first frame to the end of the last one, that is: what a loop moves by; the greatest of all tracks, so that none goes back. */
    public long durationMillis() {
        long longest = 0;
        for (Kind kind : Kind.values()) {
            List<MediaFrame> track = media.stream().filter(f -> f.kind() == kind).toList();
            if (track.size() > 1) {
                long span = track.get(track.size() - 1).millis() - track.get(0).millis();
                longest = Math.max(longest, span + Math.round((double) span / (track.size() - 1)));
            }
        }
        return longest;
    }

    /** Headers, then the media once, all at times from startMillis on. */
    public Iterator<MediaFrame> once(long startMillis) {
        return stream(startMillis, 1).iterator();
    }

    /** Headers, then the media again and again without end. */
    public Iterator<MediaFrame> looped(long startMillis) {
        return stream(startMillis, Integer.MAX_VALUE).iterator();
    }

    private Stream<MediaFrame> stream(long startMillis, int times) {
        long first = media.get(0).millis();
        long duration = durationMillis();
        return Stream.concat(headers.stream().map(h -> new MediaFrame(h.kind(), startMillis, h.body())), IntStream.range(0, times).boxed()
            .flatMap(loop -> media.stream().map(f -> f.shifted(startMillis - first + loop * duration))));
    }
}
