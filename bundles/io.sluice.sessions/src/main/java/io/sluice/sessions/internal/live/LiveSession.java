package io.sluice.sessions.internal.live;

import io.sluice.api.session.Admitted;
import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.Session;
import io.sluice.api.session.Session.State;
import io.sluice.api.session.Visit;
import io.sluice.format.session.SessionFields;
import io.sluice.sessions.internal.key.Keyed;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
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
    private final Tally streams = new Tally();
    private final Tally protocols = new Tally();
    private final Tally addresses = new Tally();
    private volatile State state;
    private volatile Asking asking;
    private volatile Set<String> tags = Set.of();
    private Set<String> tagsSeen;
    private String reason = "";
    private long sinceMillis;
    private long presentMillis;
    private int seconds;
    private int stamp;
    private int seats;
    private int open;
    private boolean shut;
    private boolean told;
    private boolean regrouped;
    private long stoppedMillis;
    private long rated = -1;
    private float kbps;

    public LiveSession(Keyed keyed, ConnectionFacts first, State state, long sinceMillis, long nowMillis) {
        this(keyed, first.userAgent(), state, sinceMillis, nowMillis);
        streams.raise(first.stream(), 0);
        protocols.raise(first.protocol(), 0);
        addresses.raise(first.address(), 0);
    }

    LiveSession(Keyed keyed, String userAgent, State state, long sinceMillis, long presentMillis) {
        this.keyed = keyed;
        this.userAgent = userAgent;
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
        out.writeByte(state.ordinal());
        SessionCodec.text(out, reason);
        out.writeLong(sinceMillis);
        out.writeLong(presentMillis);
        out.writeInt(seconds);
        SessionCodec.write(out, streams);
        SessionCodec.write(out, protocols);
        SessionCodec.write(out, addresses);
        SessionCodec.write(out, shown);
        SessionCodec.texts(out, tags);
    }

    static LiveSession read(DataInputStream in) throws IOException {
        Keyed keyed = SessionCodec.keyed(in);
        String userAgent = in.readUTF();
        State state = State.values()[in.readByte()];
        String reason = in.readUTF();
        LiveSession session = new LiveSession(keyed, userAgent, state, in.readLong(), in.readLong());
        session.reason = reason;
        session.seconds = in.readInt();
        SessionCodec.read(in, session.streams);
        SessionCodec.read(in, session.protocols);
        SessionCodec.read(in, session.addresses);
        SessionCodec.read(in, session.shown);
        session.tags = Set.copyOf(SessionCodec.texts(in));
        return session;
    }

    // ---- one collation: begin, add each visit, end

    synchronized void begin() {
        sum.clear();
        seats = 0;
        open = 0;
        tagsSeen = null;
    }

    /** @param step seconds since the last collation */
    synchronized void add(Visit visit, Seat seat, boolean live, long nowMillis, int step, int now) {
        seats++;
        sum.add(visit, seat);
        if (!visit.tags().isEmpty()) {
            tagsSeen = tagsSeen == null ? new TreeSet<>() : tagsSeen;
            tagsSeen.addAll(visit.tags());
        }
        ConnectionFacts facts = visit.facts();
        long last = !live ? visit.endedMillis() : seat.http() ? visit.activeMillis() : nowMillis;
        presentMillis = Math.max(presentMillis, last);
        if (live) {
            open++;
            if (!seat.http() || nowMillis - last < ACTIVE_MILLIS) {
                active(facts, (int) Math.min(step, 1 + (nowMillis - visit.sinceMillis()) / 1000), now);
            }
        }
    }

    private void active(ConnectionFacts facts, int step, int now) {
        if (stamp != now) {
            stamp = now;
            seconds += step;
        }
        streams.count(facts.stream(), step, now);
        protocols.count(facts.protocol(), step, now);
        addresses.count(facts.address(), step, now);
    }

    private void past(ConnectionFacts facts, int lasted) {
        seconds = Math.max(seconds, lasted);
        streams.raise(facts.stream(), lasted);
        protocols.raise(facts.protocol(), lasted);
        addresses.raise(facts.address(), lasted);
    }

    /** @param elapsedMillis since the last collation */
    synchronized void end(long elapsedMillis) {
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
        past(visit.facts(), (int) Math.max(0, Math.min(Integer.MAX_VALUE, (until - visit.sinceMillis()) / 1000)));
    }

    /** Takes over what another session, of another definition, knew of a visit. */
    void inherit(LiveSession other, ConnectionFacts facts) {
        int stream = other.secondsOf(other.streams, facts.stream());
        int protocol = other.secondsOf(other.protocols, facts.protocol());
        int address = other.secondsOf(other.addresses, facts.address());
        int all = other.seconds();
        long since = other.sinceMillis();
        Set<String> theirs = other.tags();
        synchronized (this) {
            seconds = Math.max(seconds, all);
            sinceMillis = Math.min(sinceMillis, since);
            streams.raise(facts.stream(), stream);
            protocols.raise(facts.protocol(), protocol);
            addresses.raise(facts.address(), address);
        }
        if (!theirs.isEmpty()) {
            Set<String> both = new TreeSet<>(theirs);
            both.addAll(tags);
            tags(both);
        }
    }

    private synchronized int secondsOf(Tally tally, Object name) {
        return tally.seconds(name);
    }

    private synchronized int seconds() {
        return seconds;
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
        return new Session(id(), endedMillis > 0 && state == State.LIVE ? State.ENDED : state, keyed.kind(), keyed.strategy(), keyed.token(), streams.shown(String::valueOf),
            protocols.shown(String::valueOf), addresses.shown(a -> SessionFields.address((InetAddress) a)), userAgent, connections, sinceMillis, endedMillis, seconds, shown.in,
            shown.out, shown.packets, shown.lost, shown.retransmitted, shown.position, shownTags(), reason);
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
        streams.each((name, s) -> consumer.accept((String) name));
    }

    public synchronized void eachAddress(Consumer<String> consumer) {
        addresses.each((address, s) -> consumer.accept(SessionFields.address((InetAddress) address)));
    }
}
