package io.sluice.sessions.internal.live;

import io.sluice.api.session.Admitted;
import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.Session;
import io.sluice.api.session.Session.State;
import io.sluice.api.session.Visit;
import io.sluice.sessions.internal.key.Keyed;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A session while connections may join it, and while a refusal is remembered. Small: there may be a hundred thousand. Its lock guards everything; sums are the collating
 * thread's.
 */
public final class LiveSession {
    /** How long a session counts as active after its last byte over HTTP, which comes in segments. */
    private static final long ACTIVE_MILLIS = 10_000;
    /** Segments come in bursts, so a rate is looked at over some of them. */
    private static final double RATED_MILLIS = 10_000;
    private final Keyed keyed;
    private final String userAgent;
    private final Counts shown = new Counts();
    private final Counts sum = new Counts();
    private final Times times;
    private volatile State state;
    private volatile Asking asking;
    private volatile Set<String> tags = Set.of();
    private Set<String> tagsSeen;
    private String reason = "";
    private long sinceMillis;
    private long presentMillis;
    private int summed;
    private int seats;
    private int open;
    private boolean shut;
    private boolean told;
    private boolean regrouped;
    private long stoppedMillis;
    private long rated = -1;
    private float kbps;

    public LiveSession(Keyed keyed, ConnectionFacts first, State state, long sinceMillis, long nowMillis) {
        this(keyed, first.userAgent(), new Times(first), state, sinceMillis, nowMillis);
    }

    private LiveSession(Keyed keyed, String userAgent, Times times, State state, long sinceMillis, long presentMillis) {
        this.keyed = keyed;
        this.userAgent = userAgent;
        this.times = times;
        this.state = state;
        this.sinceMillis = sinceMillis;
        this.presentMillis = presentMillis;
    }

    public String id() {
        return keyed.id();
    }

    public Keyed keyed() {
        return keyed;
    }

    public State state() {
        return state;
    }

    public synchronized String reason() {
        return reason;
    }

    public synchronized void state(State now, String because) {
        state = now;
        reason = because;
    }

    public Asking asking() {
        return asking;
    }

    public void asking(Asking now) {
        asking = now;
    }

    /** The answer for one who joins. */
    public Admitted admitted() {
        return keyed.admitted();
    }

    /** Holds the session open for who comes now. @return false when nobody can join any more: another begins */
    public synchronized boolean join(long nowMillis) {
        presentMillis = Math.max(presentMillis, nowMillis);
        return !shut;
    }

    public Set<String> tags() {
        return tags;
    }

    public synchronized void tags(Set<String> now) {
        tags = Set.copyOf(now);
    }

    // ---- kept over engines

    synchronized void write(DataOutputStream out) throws IOException {
        SessionCodec.write(out, keyed);
        SessionCodec.text(out, userAgent);
        times.write(out);
        out.writeByte(state.ordinal());
        SessionCodec.text(out, reason);
        out.writeLong(sinceMillis);
        out.writeLong(presentMillis);
        SessionCodec.write(out, shown);
        SessionCodec.texts(out, tags);
    }

    static LiveSession read(DataInputStream in) throws IOException {
        Keyed keyed = SessionCodec.keyed(in);
        String userAgent = in.readUTF();
        Times times = Times.read(in);
        State state = State.values()[in.readByte()];
        String reason = in.readUTF();
        LiveSession session = new LiveSession(keyed, userAgent, times, state, in.readLong(), in.readLong());
        session.reason = reason;
        SessionCodec.read(in, session.shown);
        session.tags = Set.copyOf(SessionCodec.texts(in));
        return session;
    }

    // ---- one collation: each visit, then the end

    private void begin(int now) {
        summed = now;
        sum.clear();
        seats = 0;
        open = 0;
        tagsSeen = null;
    }

    /** @param step seconds since the last collation */
    synchronized void add(Visit visit, Seat seat, boolean live, long nowMillis, int step, int now) {
        if (summed != now) {
            begin(now);
        }
        seats++;
        sum.add(visit, seat);
        Set<String> tagged = visit.tags();
        if (!tagged.isEmpty()) {
            tagsSeen = tagsSeen == null ? new TreeSet<>() : tagsSeen;
            tagsSeen.addAll(tagged);
        }
        long last = !live ? visit.endedMillis() : seat.http() ? visit.activeMillis() : nowMillis;
        presentMillis = Math.max(presentMillis, last);
        if (live) {
            open++;
            if (step > 0 && (!seat.http() || nowMillis - last < ACTIVE_MILLIS)) {
                times.active(visit, (int) Math.min(step, 1 + (nowMillis - visit.sinceMillis()) / 1000), now);
            }
        }
    }

    /** Before somebody sits here. */
    synchronized void meet(ConnectionFacts facts) {
        times.meet(facts);
    }

    /** @param elapsedMillis since the last collation */
    synchronized void end(long elapsedMillis, int now) {
        if (summed != now) {
            begin(now);
        }
        if (regrouped) {
            regrouped = seats == 0;
            shown.clear();
            rated = -1;
        }
        shown.raise(sum);
        rate(elapsedMillis);
        if (tagsSeen != null && !tags.containsAll(tagsSeen)) {
            tagsSeen.addAll(tags);
            tags = Set.copyOf(tagsSeen);
        }
    }

    /** A moving average; what was there at first is not a rate. */
    private void rate(long elapsedMillis) {
        long all = shown.in + shown.out;
        if (rated >= 0 && elapsedMillis > 0) {
            float now = (all - rated) * 8f / elapsedMillis;
            kbps += (now - kbps) * (1 - (float) Math.exp(-elapsedMillis / RATED_MILLIS));
        }
        rated = all;
    }

    // ---- its end

    /** @return true when nobody was here for so long; nobody can join from then on */
    synchronized boolean shutAfter(long inactivityMillis, long nowMillis) {
        shut = shut || nowMillis - presentMillis >= inactivityMillis;
        return shut;
    }

    /** Its visits are being ended; it is over as soon as they are gone. */
    synchronized void stop(String because, long nowMillis) {
        shut = true;
        stoppedMillis = nowMillis;
        reason = because;
    }

    /** 0 for one that was not ended by anybody. */
    synchronized long stoppedMillis() {
        return stoppedMillis;
    }

    /** Its end has been told: what its visits move from here on is not its own. */
    synchronized void told() {
        shut = true;
        told = true;
    }

    synchronized boolean isTold() {
        return told;
    }

    synchronized boolean gone() {
        return open == 0;
    }

    /** It has been moved away from, or another definition holds now: what it counted is counted where its visits are. */
    synchronized void movedAway() {
        regrouped = true;
    }

    synchronized boolean deserted() {
        return seats == 0 && regrouped;
    }

    /** A visit that was let in while nobody counted. */
    synchronized void adopt(Visit visit) {
        long until = visit.endedMillis() > 0 ? visit.endedMillis() : visit.activeMillis();
        sinceMillis = Math.min(sinceMillis, visit.sinceMillis());
        times.raise(visit.facts(), (int) Math.max(0, Math.min(Integer.MAX_VALUE, (until - visit.sinceMillis()) / 1000)));
    }

    /** Takes over what another session, of another definition, knew of a visit. On the collating thread, the only one that holds two sessions' locks. */
    void inherit(LiveSession other, ConnectionFacts facts) {
        synchronized (other) {
            synchronized (this) {
                times.raise(facts, other.times);
                sinceMillis = Math.min(sinceMillis, other.sinceMillis);
            }
        }
        Set<String> theirs = other.tags();
        if (!theirs.isEmpty()) {
            Set<String> both = new TreeSet<>(theirs);
            both.addAll(tags);
            tags(both);
        }
    }

    // ---- what others see

    public synchronized long sinceMillis() {
        return sinceMillis;
    }

    synchronized long presentMillis() {
        return presentMillis;
    }

    public synchronized long bytes() {
        return shown.in + shown.out;
    }

    /** @param connections open now */
    public synchronized Session report(List<Long> connections, long endedMillis) {
        return new Session(id(), endedMillis > 0 && state == State.LIVE ? State.ENDED : state, keyed.kind(), keyed.strategy(), keyed.token(), times.streams(),
            times.protocols(), times.addresses(), userAgent, connections, sinceMillis, endedMillis, times.seconds(), shown.in, shown.out, shown.packets, shown.lost,
            shown.retransmitted, shown.position, shownTags(), reason);
    }

    private Set<String> shownTags() {
        String agent = UserAgentTag.of(userAgent);
        if (agent.isEmpty()) {
            return tags;
        }
        Set<String> all = new TreeSet<>(tags);
        all.add(agent);
        return Collections.unmodifiableSet(all);
    }

    /** Both directions, over about the last ten seconds. */
    public synchronized float kbps() {
        return kbps;
    }

    public synchronized void eachStream(Consumer<String> consumer) {
        times.eachStream(consumer);
    }

    public synchronized void eachAddress(Consumer<String> consumer) {
        times.eachAddress(consumer);
    }
}
