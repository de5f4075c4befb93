package io.sluice.streams.internal.media;

import io.sluice.api.media.Frame;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;

/** Where a viewer can begin. */
public final class Starts {
    private Starts() {
    }

    /** A key frame of the first picture track; without a picture any frame. */
    public static boolean at(Frame frame) {
        if (!frame.key()) {
            return false;
        }
        for (Track track : frame.tracks().list()) {
            if (track.kind() == MediaKind.VIDEO) {
                return track.id() == frame.track().id();
            }
        }
        return true;
    }
}
