package io.sluice.variables.internal;

import io.sluice.api.variable.Variable;
import io.sluice.api.variable.VariableRequest;
import io.sluice.variables.internal.expand.Expander;
import io.sluice.variables.internal.keep.History;
import io.sluice.variables.internal.keep.Kept;

/** One variable at work. Changed on the engine's thread; what is volatile, and the history, can be read from any. */
final class Slot extends DueHeap.Entry {
    final History history = new History();
    volatile Definition definition;
    volatile State state;
    /** What is being read now, or null. */
    Reading reading;
    volatile Watch watch;
    /** Due, and no installed bundle reads its type. */
    boolean waits;
    /** One of the times at which it is due; the others lie whole intervals before and after. */
    long gridNanos;
    /** Asked for while a reading runs: one more follows. */
    boolean again;
    long lastStartNanos;
    /** The request made last, used again while its parameters expand to the same. */
    VariableRequest request;
    /** What of its parameters had no value, or "". */
    String problem = "";

    /**
     * What is known of the value; see {@link Variable}.
     *
     * @param text  the value
     * @param known whether it ever had one
     */
    record State(Expander.Value text, boolean known, long changedMillis, long readMillis, long nextMillis, long tookMillis, String error, int failures) {
        State next(long millis) {
            return new State(text, known, changedMillis, readMillis, millis, tookMillis, error, failures);
        }

        State failed(String why, long tookMillis) {
            return new State(text, known, changedMillis, readMillis, nextMillis, tookMillis, why, failures + 1);
        }

        State read(Expander.Value now, long nowMillis, long tookMillis) {
            long changed = known && text.text().equals(now.text()) ? changedMillis : nowMillis;
            return new State(known && text.equals(now) ? text : now, true, changed, nowMillis, nextMillis, tookMillis, "", 0);
        }

        /** Somebody wrote it into the configuration. */
        State given(Expander.Value now, long nowMillis) {
            return new State(now, true, known && text.text().equals(now.text()) ? changedMillis : nowMillis, readMillis, nextMillis, tookMillis, error, failures);
        }
    }

    static final State UNKNOWN = new State(new Expander.Value("", false), false, 0, 0, 0, -1, "", 0);

    Slot(Definition definition) {
        this.definition = definition;
        this.state = UNKNOWN;
    }

    Variable shown() {
        Definition d = definition;
        State s = state;
        return new Variable(d.name(), d.type(), s.text().text(), s.known(), s.changedMillis(), s.readMillis(), s.nextMillis(), s.tookMillis(), s.error(), s.failures());
    }

    /** Null where there is nothing worth keeping. */
    Kept kept() {
        Definition d = definition;
        State s = state;
        return s.known() || s.nextMillis() > 0
            ? new Kept(d.name(), d.type(), d.value(), s.text().text(), s.text().template(), watch != null, s.changedMillis(), s.readMillis(), s.nextMillis(), history.all()) : null;
    }

    /** Of a variable whose value is known, for the expander. */
    Expander.Value value() {
        State s = state;
        return s.known() ? s.text() : null;
    }
}
