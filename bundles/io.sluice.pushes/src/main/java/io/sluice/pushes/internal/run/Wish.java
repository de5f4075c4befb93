package io.sluice.pushes.internal.run;

import io.sluice.api.push.PushReason;
import io.sluice.api.stream.StreamInfo.State;
import io.sluice.pushes.internal.Entry;
import io.sluice.pushes.internal.rule.Seen;
import io.sluice.pushes.internal.rule.Tree;

/** Whether one stream is to be pushed, and why. Changed on the engine's thread, asked from any. */
final class Wish implements AutoCloseable {
    private final Means means;
    private final String stream;
    private final Runnable changed;
    private volatile Entry entry;
    private volatile Tree tree;
    private Damper damper;
    private boolean said;
    private String bar = "";
    private volatile boolean on;
    private volatile String why = "";

    /** @param changed told from any thread that {@link #update} may say something else now */
    Wish(Means means, Entry entry, String stream, Runnable changed) {
        this.means = means;
        this.entry = entry;
        this.stream = stream;
        this.changed = changed;
        damper = new Damper(entry.times());
        tree = tree(entry);
    }

    private Tree tree(Entry of) {
        return new Tree(of.rule(), c -> means.sensors().open(means.condition(c, stream), changed));
    }

    Entry entry() {
        return entry;
    }

    /** It is on already, since then: what a rule that has not spoken yet leaves so. */
    void adopt(long sinceNanos) {
        damper.adopt(sinceNanos);
        said = true;
        on = true;
    }

    /** The entry was edited. What is on stays so until the new rule has spoken. */
    void edit(Entry next) {
        Tree before = tree;
        damper = damper.with(next.times());
        entry = next;
        tree = tree(next);
        before.close();
    }

    /** @param barred why it is not on whatever its rule says, or "" */
    void bar(String barred) {
        bar = barred;
    }

    /** Decides again. @return nanoseconds until this is to be called again, or Long.MAX_VALUE */
    long update(long now) {
        Seen seen = seen();
        said = seen.pending() ? said : seen.on();
        long again = damper.update(said, now);
        boolean wanted = damper.on() && bar.isEmpty();
        why = !bar.isEmpty() ? bar : damper.held().isEmpty() ? seen.why() : seen.why() + "; " + damper.held();
        if (wanted != on) {
            on = wanted;
            means.journal().turned(entry.name(), stream, on, why, now);
        }
        return again;
    }

    private Seen seen() {
        if (!entry.automatic()) {
            return tree.seen();
        }
        return switch (means.presence().state(stream)) {
            case LIVE -> Seen.of(true, "the stream is there");
            case OFFLINE -> Seen.of(false, "the stream is not there");
            case STARTING -> Seen.pending("the stream starts");
            case GRACE -> Seen.pending("the stream's publisher is gone for the moment");
        };
    }

    boolean on() {
        return on;
    }

    String why() {
        return why;
    }

    PushReason reason() {
        return tree.reason();
    }

    /** It is off only because its stream ended: a push of it ends by itself, with all that is still to be written. */
    boolean endsByItself() {
        return entry.automatic() && bar.isEmpty() && means.presence().state(stream) == State.OFFLINE;
    }

    @Override
    public void close() {
        tree.close();
    }
}
