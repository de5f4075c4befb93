package io.sluice.itests.pushes;

import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.media.MediaFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Pictures that carry the time of day at which they were sent: a SEI message of user data (H.264, D.1.7) before the slices, whose sixteen bytes of identity and payload are plain text. */
final class WallClockFrames implements Iterator<MediaFrame> {
    private static final String MARK = "Sluice-wallclock";
    private static final int DIGITS = 13;
    private static final int CODEC_HEADER = 5;
    private static final int SEI = 6;
    private static final int USER_DATA = 5;
    private final Iterator<MediaFrame> frames;
    private long last;

    WallClockFrames(Iterator<MediaFrame> frames) {
        this.frames = frames;
    }

    @Override
    public boolean hasNext() {
        return frames.hasNext();
    }

    @Override
    public MediaFrame next() {
        MediaFrame frame = frames.next();
        if (frame.kind() != Kind.VIDEO || frame.header()) {
            return frame;
        }
        last = Math.max(System.currentTimeMillis(), last + 1); // what is sent late is sent at once, and each has a time of its own
        return new MediaFrame(frame.kind(), frame.millis(), marked(frame.body(), last));
    }

    private static byte[] marked(byte[] body, long millis) {
        byte[] text = (MARK + millis).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(body.length + 8 + text.length);
        out.put(body, 0, CODEC_HEADER).putInt(4 + text.length).put((byte) SEI).put((byte) USER_DATA).put((byte) text.length).put(text).put((byte) 0x80);
        return out.put(body, CODEC_HEADER, body.length - CODEC_HEADER).array();
    }

    /** The times that a recording's pictures carry, in the order of the file. */
    static List<Long> of(Path recording, Path folder) throws IOException {
        Path pictures = folder.resolve(recording.getFileName() + ".h264");
        Ffmpeg.installed().run(List.of("-i", recording.toString(), "-map", "0:v", "-c", "copy", "-f", "h264", pictures.toString())).output(Duration.ofSeconds(60));
        return of(pictures);
    }

    /** Of pictures without a container, also while they are written. */
    static List<Long> of(Path pictures) throws IOException {
        String bytes = new String(Files.readAllBytes(pictures), StandardCharsets.ISO_8859_1);
        List<Long> times = new ArrayList<>();
        for (int at = bytes.indexOf(MARK); at >= 0 && bytes.length() >= at + MARK.length() + DIGITS; at = bytes.indexOf(MARK, at + 1)) {
            times.add(Long.parseLong(bytes.substring(at + MARK.length(), at + MARK.length() + DIGITS)));
        }
        return times;
    }
}
