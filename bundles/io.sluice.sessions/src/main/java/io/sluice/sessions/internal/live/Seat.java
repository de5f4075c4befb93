package io.sluice.sessions.internal.live;

import io.sluice.api.session.Visit;
import io.sluice.format.session.SessionToken;

/** A visit's place in a session. Counters belong to the collating thread; the session is volatile because who enters sets it. */
final class Seat {
    private final long id;
    private final boolean http;
    private volatile Visit visit;
    private boolean listed;
    private volatile LiveSession session;
    private volatile int generation;
    private int stamp;
    private volatile boolean cut;
    private long in;
    private long out;
    private long settledIn;
    private long settledOut;

    Seat(Visit visit, int stamp) {
        this(visit.id(), SessionToken.overHttp(visit.facts()));
        this.visit = visit;
        this.stamp = stamp;
    }

    /** One whose visit is not known yet: an earlier engine's. */
    Seat(long id, boolean http) {
        this.id = id;
        this.http = http;
    }

    long id() {
        return id;
    }

    /** Null for one of an earlier engine's that was not found yet. */
    Visit visit() {
        return visit;
    }

    void visit(Visit found) {
        visit = found;
    }

    /** Among those whose connection is there. */
    boolean isListed() {
        return listed;
    }

    void listed(boolean now) {
        listed = now;
    }

    /** The collation saw it. */
    void seen(Visit visit, int now) {
        stamp = now;
        out = Math.max(out, visit.bytesOut());
        in = Math.max(in, visit.bytesIn());
    }

    int stamp() {
        return stamp;
    }

    LiveSession session() {
        return session;
    }

    int generation() {
        return generation;
    }

    void sit(LiveSession at, int definedBy) {
        if (cut) {
            cut = false;
            settledIn = in;
            settledOut = out;
        }
        session = at;
        generation = definedBy;
    }

    /** Its session is over: what it moved so far has been told, what it moves from here on belongs to another. */
    void settle() {
        settledIn = in;
        settledOut = out;
        session = null;
    }

    void settled(long bytesIn, long bytesOut) {
        settledIn = bytesIn;
        settledOut = bytesOut;
        in = bytesIn;
        out = bytesOut;
    }

    /** An earlier session of this visit has ended. */
    boolean settledBefore() {
        return settledIn > 0 || settledOut > 0;
    }

    boolean moved() {
        return in > settledIn || out > settledOut;
    }

    /** It was ended: what it still moves is nobody's. */
    void cut() {
        cut = true;
        session = null;
    }

    boolean isCut() {
        return cut;
    }

    boolean http() {
        return http;
    }

    long in() {
        return in;
    }

    long out() {
        return out;
    }

    long settledIn() {
        return settledIn;
    }

    long settledOut() {
        return settledOut;
    }
}
