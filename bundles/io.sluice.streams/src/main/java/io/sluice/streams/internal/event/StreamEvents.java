package io.sluice.streams.internal.event;

import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.stream.StreamInfo;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** What becomes of one stream. On the stream's thread. */
public final class StreamEvents {
    private static final long SECOND_MILLIS = 1000;

    /** EMPTY until media comes, then FULL; DRY while something is wrong. */
    private enum Buffer { EMPTY, FULL, DRY }

    private final Events events;
    private final String stream;
    private final Executor home;
    private Buffer buffer = Buffer.EMPTY;
    private long ratedMillis;
    private boolean rating;

    public StreamEvents(Events events, String stream, Executor home) {
        this.events = events;
        this.stream = stream;
        this.home = home;
    }

    /** @return completes with false where somebody says no */
    public CompletableFuture<Boolean> load() {
        return yes("STREAM_LOAD", "stream", stream);
    }

    /** The source for this start; exactly what is configured where nobody says otherwise. */
    public CompletableFuture<String> source(String configured) {
        return events.ask("STREAM_SOURCE", stream, "stream", stream).thenApply(a -> a.text() == null || a.text().isBlank() ? configured : a.text().trim());
    }

    public CompletableFuture<Boolean> ready(String input) {
        return yes("STREAM_READY", "stream", stream, "input", input);
    }

    public CompletableFuture<Boolean> unload(String input) {
        return yes("STREAM_UNLOAD", "stream", stream, "input", input);
    }

    private CompletableFuture<Boolean> yes(String type, String... fields) {
        return events.ask(type, stream, fields).thenApply(a -> a.yes());
    }

    public void tracks(Tracks tracks) {
        events.tell("LIVE_TRACK_LIST", stream, "stream", stream, "tracks", json(tracks));
    }

    /** Looks at how the stream is: tells of a buffer that has become full, dry or whole again. */
    public void buffer(StreamInfo now) {
        boolean live = now.state() == StreamInfo.State.LIVE;
        if (buffer == Buffer.EMPTY && live) {
            buffer = Buffer.FULL;
            state("FULL", health(now));
        } else if (buffer == Buffer.FULL && !now.problem().isEmpty()) {
            buffer = Buffer.DRY;
            state("DRY", health(now));
        } else if (buffer == Buffer.DRY && live && now.problem().isEmpty()) {
            buffer = Buffer.FULL;
            state("RECOVER", health(now));
        }
    }

    private void state(String state, String detail) {
        events.tell("STREAM_BUFFER", stream, "stream", stream, "state", state, "health", detail);
    }

    /** Asks once a second whether so much may be; the engine of triggers compares it with each trigger's own figure. @param stop what to do where it may not */
    public void rate(StreamInfo now, long nowMillis, Runnable stop) {
        if (rating || nowMillis - ratedMillis < SECOND_MILLIS || now.bitsPerSecond() == 0 || !events.wants("LIVE_BANDWIDTH", stream)) {
            return;
        }
        ratedMillis = nowMillis;
        rating = true;
        yes("LIVE_BANDWIDTH", "stream", stream, "bytesPerSecond", Long.toString(now.bitsPerSecond() / 8)).thenAcceptAsync(ok -> {
            rating = false;
            if (!ok) {
                stop.run();
            }
        }, home);
    }

    /** It is over. @param lastMillis newest media */
    public void end(long lastMillis, StreamTotals totals) {
        if (buffer != Buffer.EMPTY) {
            state("EMPTY", lastMillis > 0 ? Long.toString(lastMillis) : "");
        }
        events.tell("STREAM_END", stream, "stream", stream, "bytesIn", text(totals.bytesIn()), "bytesOut", text(totals.bytesOut()), "viewers", text(totals.viewers()),
            "inputs", text(totals.inputs()), "outputs", text(totals.outputs()), "viewerSeconds", text(totals.viewerSeconds()));
    }

    private static String text(long number) {
        return Long.toString(number);
    }

    private static String json(Tracks tracks) {
        StringBuilder out = new StringBuilder("{");
        for (Track t : tracks.list()) {
            out.append(out.length() > 1 ? "," : "").append('"').append(t.kind() == MediaKind.VIDEO ? "video_" : "audio_").append(t.codec().name()).append('_').append(t.id())
                .append("\":{\"codec\":\"").append(t.codec().name()).append("\",\"trackid\":").append(t.id());
            out.append(t.kind() == MediaKind.VIDEO ? ",\"type\":\"video\",\"width\":" + t.width() + ",\"height\":" + t.height()
                : ",\"type\":\"audio\",\"rate\":" + t.sampleRate() + ",\"channels\":" + t.channels()).append('}');
        }
        return out.append('}').toString();
    }

    /** Every track, then the buffer in milliseconds, kilobits a second of all, and what is wrong where something is. */
    private static String health(StreamInfo now) {
        String tracks = json(now.tracks());
        String issues = now.problem().isEmpty() ? "" : ",\"issues\":\"" + now.problem().replaceAll("[\"\\\\\\p{Cntrl}]", "'") + "\"";
        return tracks.substring(0, tracks.length() - 1) + (tracks.length() > 2 ? "," : "") + "\"buffer\":" + (now.lastMillis() - now.firstMillis()) + ",\"kbits\":"
            + now.bitsPerSecond() / 1000 + issues + "}";
    }
}
