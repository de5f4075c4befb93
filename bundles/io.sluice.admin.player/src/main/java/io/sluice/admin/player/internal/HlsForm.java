package io.sluice.admin.player.internal;

import io.sluice.api.media.Codec;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Tracks;
import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.stream.SegmentFormat;
import java.util.List;
import java.util.Set;

/** Asks the elected HLS what it can carry. From any thread. */
final class HlsForm implements AutoCloseable {
    private static final String NAME = "hls";

    private final AutoCloseable listening;
    private volatile Plugin<SegmentFormat> elected;

    HlsForm(Plugins plugins) {
        listening = plugins.listen(SegmentFormat.class, this::elected);
    }

    private void elected(String name, Plugin<SegmentFormat> before, Plugin<SegmentFormat> now) {
        if (name.equals(NAME)) {
            elected = now;
        }
    }

    /** Whether it plays these tracks, perhaps without some sound: a stream that lost its picture is no answer to who asked for it. */
    boolean plays(Tracks tracks) {
        return elected != null && tracks.list().stream().filter(t -> !tracks.hasVideo() || t.kind() == MediaKind.VIDEO)
            .anyMatch(t -> problem(new Tracks(tracks.epoch(), List.of(t))).isEmpty());
    }

    /** Codecs for which it needs no process; empty where there is no HLS. */
    Set<Codec> carries() {
        Plugin<SegmentFormat> now = elected;
        if (now == null) {
            return Set.of();
        }
        try (AutoCloseable use = now.use()) {
            return now.service().carries();
        } catch (Exception e) {
            throw new IllegalStateException("HLS could not be asked what it carries", e);
        }
    }

    /** In words for people; "" when it carries all. */
    String problem(Tracks tracks) {
        Plugin<SegmentFormat> now = elected;
        if (now == null) {
            return "This server has no HLS at the moment, which this page plays.";
        }
        try (AutoCloseable use = now.use()) {
            return now.service().problem(tracks);
        } catch (Exception e) {
            throw new IllegalStateException("HLS could not be asked what it carries", e);
        }
    }

    @Override
    public void close() {
        elected = null;
        try {
            listening.close();
        } catch (Exception e) {
            throw new IllegalStateException("listening to plugins could not be ended", e);
        }
    }
}
