package io.sluice.streams.internal.output;

import io.sluice.api.media.Frame;
import io.sluice.api.push.PushProgress;
import io.sluice.api.push.Recording;
import io.sluice.streams.internal.media.Clock;
import io.sluice.streams.internal.visit.CountedVisit;
import java.util.concurrent.atomic.LongAdder;

/** What a push has come to, as its target tells it. From any thread; a visit, which one thread counts, is told on the push's loop. */
final class Progress implements PushProgress {
    private static final long NOTHING = Long.MIN_VALUE;

    private final Run run;
    private final Clock clock;
    private final Notes notes = new Notes();
    private final LongAdder in = new LongAdder();
    private final LongAdder out = new LongAdder();
    private final LongAdder packets = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder retransmitted = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private volatile long frames;
    private volatile long firstNanos = NOTHING;
    private volatile long mediaNanos = NOTHING;
    private volatile long signNanos;

    // what the visit knows, on the loop
    private long remarkedSkipped;
    private long visitIn;
    private long visitOut;
    private long visitPackets;
    private long visitLost;
    private long visitRetransmitted;

    Progress(Run run, Clock clock) {
        this.run = run;
        this.clock = clock;
        sign();
    }

    private void sign() {
        signNanos = clock.nanos();
    }

    /** A line of the core's own, which is no sign of life. */
    void remark(String text) {
        notes.add(clock.millis(), text);
    }

    /** Says what was missed since the last time. On the loop. */
    void remarkSkipped() {
        long now = skipped();
        if (now != remarkedSkipped) {
            remark(now - remarkedSkipped + " frames were jumped over: the target takes them too slowly");
            remarkedSkipped = now;
        }
    }

    /** When the target last told something: that it is alive. */
    long signNanos() {
        return signNanos;
    }

    // ---- the core's

    /** On the loop. */
    void handed(Frame frame) {
        frames++; // one thread
        if (firstNanos == NOTHING) {
            firstNanos = frame.dtsNanos();
        }
    }

    void skipped(long count) {
        skipped.add(count);
    }

    /** On the loop. */
    void tell(CountedVisit visit) {
        long nowIn = in.sum();
        long nowOut = out.sum();
        if (nowIn != visitIn) {
            visit.in(nowIn - visitIn);
            visitIn = nowIn;
        }
        if (nowOut != visitOut) {
            visit.out(nowOut - visitOut);
            visitOut = nowOut;
        }
        long nowPackets = packets.sum();
        long nowLost = lost.sum();
        long nowRetransmitted = retransmitted.sum();
        visit.packets(nowPackets - visitPackets, nowLost - visitLost, nowRetransmitted - visitRetransmitted);
        visitPackets = nowPackets;
        visitLost = nowLost;
        visitRetransmitted = nowRetransmitted;
        if (mediaNanos != NOTHING) {
            visit.position(mediaNanos);
        }
    }

    Notes notes() {
        return notes;
    }

    long bytes() {
        return out.sum();
    }

    long packets() {
        return packets.sum();
    }

    long lost() {
        return lost.sum();
    }

    long retransmitted() {
        return retransmitted.sum();
    }

    long frames() {
        return frames;
    }

    long skipped() {
        return skipped.sum();
    }

    /** Of media that has left us, from the first frame on. */
    long mediaMillis() {
        return mediaNanos == NOTHING || firstNanos == NOTHING ? 0 : Math.max(0, mediaNanos - firstNanos) / 1_000_000;
    }

    // ---- the target's

    @Override
    public void in(long bytes) {
        in.add(bytes);
        sign();
    }

    @Override
    public void out(long bytes) {
        out.add(bytes);
        sign();
    }

    @Override
    public void packets(long sent, long moreLost, long again) {
        packets.add(sent);
        lost.add(moreLost);
        retransmitted.add(again);
    }

    @Override
    public void running(String shown) {
        sign();
        run.running(shown);
    }

    @Override
    public void media(long nanos) {
        mediaNanos = nanos;
        sign();
    }

    @Override
    public void note(String text) {
        notes.add(clock.millis(), text);
        sign();
    }

    @Override
    public void recorded(Recording recording) {
        sign();
        run.recorded(recording);
    }

    @Override
    public void ended(String problem) {
        run.ended(problem);
    }
}
