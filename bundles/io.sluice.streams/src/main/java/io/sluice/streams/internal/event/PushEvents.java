package io.sluice.streams.internal.event;

import io.sluice.api.push.Recording;
import io.sluice.api.trigger.TriggerAnswer;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** What becomes of pushes. From any thread. */
public final class PushEvents {
    private final Events events;

    public PushEvents(Events events) {
        this.events = events;
    }

    /** PUSH_OUT_START: the text is the target from here on, a blank one refuses; null where nobody was asked. Never exceptionally. */
    public CompletableFuture<TriggerAnswer> out(String stream, String target) {
        return events.ask("PUSH_OUT_START", stream, "stream", stream, "target", target);
    }

    /** PUSH_END. @param logs and status as JSON */
    public void end(String id, String stream, String target, String actual, String logs, String status) {
        events.tell("PUSH_END", stream, "id", id, "stream", stream, "target", target, "actualTarget", actual, "logs", logs, "status", status);
    }

    /** RECORDING_END. */
    public void recorded(String stream, Recording r) {
        events.tell("RECORDING_END", stream, "stream", stream, "path", r.path(), "protocol", r.format().toUpperCase(Locale.ROOT), "bytes", text(r.bytes()),
            "seconds", text((r.endedMillis() - r.startedMillis()) / 1000), "startSeconds", text(r.startedMillis() / 1000), "endSeconds", text(r.endedMillis() / 1000),
            "durationMillis", text(r.lastMillis() - r.firstMillis()), "firstMillis", text(r.firstMillis()), "lastMillis", text(r.lastMillis()));
    }

    private static String text(long number) {
        return Long.toString(number);
    }
}
