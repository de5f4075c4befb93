package io.sluice.format.rtcp;

import io.sluice.format.rtp.Unwrapper;

/** Counts what comes of one source, for reports: RFC 3550 appendices A.1, A.3 and A.8. One thread. */
public final class ReceptionStatistics {
    private static final int JITTER_SHIFT = 4;
    private static final int MAX_LOST = (1 << 23) - 1;

    private final int clockRate;
    private final Unwrapper sequences = Unwrapper.ofSequences();
    private boolean begun;
    private long first;
    private long highest;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private long transit;
    /** Sixteen times the jitter. */
    private long jitter;
    private long lastReport;
    private long lastReportNanos;

    /** @param clockRate ticks of timestamps a second */
    public ReceptionStatistics(int clockRate) {
        this.clockRate = clockRate;
    }

    /** A packet came. @param nowNanos of any clock, the same in all calls */
    public void received(int sequence, long timestamp, long nowNanos) {
        long number = sequences.peek(sequence);
        long arrival = nowNanos / 1000 * clockRate / 1_000_000;
        long now = arrival - timestamp;
        if (!begun) {
            begun = true;
            first = sequences.unwrap(sequence);
            highest = first;
            transit = now;
        } else if (number > highest) {
            highest = sequences.unwrap(sequence);
        }
        received++;
        // timestamps wrap at 32 bits
        long difference = Math.abs((int) (now - transit));
        transit = now;
        jitter += difference - (jitter + (1 << JITTER_SHIFT - 1) >> JITTER_SHIFT);
    }

    /** A report of the sender came. */
    public void reported(SenderReport report, long nowNanos) {
        lastReport = NtpTime.middle(report.ntp());
        lastReportNanos = nowNanos;
    }

    /** Packets that never came, in all. */
    public long lost() {
        return begun ? highest - first + 1 - received : 0;
    }

    /** What is to be said now. The next one counts from here. */
    public ReportBlock report(long ssrc, long nowNanos) {
        long expected = begun ? highest - first + 1 : 0;
        long expectedNow = expected - expectedBefore;
        long lostNow = expectedNow - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        int fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
        int lost = (int) Math.max(-MAX_LOST, Math.min(MAX_LOST, lost()));
        long since = lastReport == 0 ? 0 : NtpTime.units(nowNanos - lastReportNanos);
        return new ReportBlock(ssrc, fraction, lost, highest & 0xffffffffL, jitter >> JITTER_SHIFT, lastReport, since);
    }
}
