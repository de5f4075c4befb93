package io.sluice.streams.internal.output;

import io.sluice.api.media.Frame;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tracks of a push. One reader's, on its loop. */
final class Selection {
    private final Selector video;
    private final Selector audio;
    private final Set<Integer> begun = new HashSet<>();
    private Tracks given;
    private volatile Tracks chosen = Tracks.NONE; // written there
    private long next = -1;

    /** @param video null for all; so is audio */
    Selection(Selector video, Selector audio) {
        this.video = video;
        this.audio = audio;
    }

    /** The frame with the tracks that were chosen; null where its own is not among them, or waits for its first key frame. */
    Frame of(Frame frame) {
        if (frame.tracks() != given) {
            choose(frame.tracks());
        }
        if (frame.sequence() != next) { // the beginning, or a jump
            begun.clear();
        }
        next = frame.sequence() + 1;
        if (!chosen.list().contains(frame.track()) || !begin(frame)) {
            return null;
        }
        return chosen == frame.tracks() ? frame
            : new Frame(frame.sequence(), frame.track(), chosen, frame.ptsNanos(), frame.dtsNanos(), frame.key(), frame.arrivedMillis(), frame.payload());
    }

    private boolean begin(Frame frame) {
        if (begun.contains(frame.track().id())) {
            return true;
        }
        return frame.key() && begun.add(frame.track().id());
    }

    private void choose(Tracks now) {
        if (given != null && given.epoch() != now.epoch()) {
            begun.clear(); // who publishes now begins with a key frame, too
        }
        given = now;
        List<Track> list = new ArrayList<>();
        for (Track t : now.list()) {
            Selector s = t.kind() == MediaKind.VIDEO ? video : audio;
            if (s == null || s.of(now.list()).contains(t)) {
                list.add(t);
            }
        }
        list.sort(Comparator.comparingInt(Track::id));
        chosen = list.size() == now.list().size() ? now : new Tracks(now.epoch(), list);
    }

    /** As of the last frame. From any thread. */
    Tracks tracks() {
        return chosen;
    }

    /** The track whose times say when the end has come: the picture, else the first. */
    boolean isMain(Track track) {
        Track main = chosen.first(MediaKind.VIDEO).orElse(chosen.list().isEmpty() ? null : chosen.list().get(0));
        return track.equals(main);
    }
}
