package io.sluice.target.rtmp.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.rtmp.MediaMessages;
import java.util.ArrayList;
import java.util.List;

/** Sound for a stream that has none: some receivers wait for it for ever. AAC-LC, 48 kHz, stereo, 7 kbit/s with its headers. */
final class Silence {
    private static final int RATE = 48_000;
    private static final int SAMPLES = 1024;
    /** AudioSpecificConfig, ISO/IEC 14496-3 section 1.6.2.1: object type 2, frequency index 3, two channels. */
    private static final byte[] CONFIGURATION = {0x11, (byte) 0x90};
    /** One access unit, ISO/IEC 14496-3 section 4.4.2: a channel pair with no scale factor band above 0, and the end. */
    private static final byte[] FRAME = {0x21, 0x10, 0x04, 0x60, (byte) 0x8c, 0x1c};

    private final ByteBuf frame = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(FRAME));
    private long sent;
    private long fromMillis = -1;
    private Track track;

    /** The tracks with one more, of sound. */
    Tracks with(Tracks tracks) {
        int id = tracks.list().stream().mapToInt(Track::id).max().orElse(-1) + 1;
        track = Track.audio(id, Codec.AAC, CONFIGURATION, RATE, 2);
        List<Track> all = new ArrayList<>(tracks.list());
        all.add(track);
        return new Tracks(tracks.epoch(), all);
    }

    static boolean neededIn(Tracks tracks) {
        return tracks.first(MediaKind.AUDIO).isEmpty();
    }

    /** Appends what is missing up to this time. After a pause it goes on from there. */
    void upTo(ByteBuf out, long millis, MediaMessages messages) {
        if (fromMillis < 0 || millis - nextMillis() > 1000) {
            fromMillis = millis;
            sent = 0;
        }
        for (long next = nextMillis(); next <= millis; next = nextMillis()) {
            messages.sound(out, track, frame, next);
            sent++;
        }
    }

    private long nextMillis() {
        return fromMillis + sent * SAMPLES * 1000 / RATE;
    }
}
