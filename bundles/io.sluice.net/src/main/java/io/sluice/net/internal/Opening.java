package io.sluice.net.internal;

/**
 * When a listener begins to accept. At a start its socket listens at once, but newcomers wait in the kernel's queue until those are elected who are to
 * speak with them: nobody is turned away for being early. Any thread.
 */
final class Opening {
    /** A protocol that is named and never comes must not keep the others waiting. */
    private static final long LONGEST_NANOS = 5_000_000_000L;
    /** Routes are elected bundle by bundle, within tens of milliseconds of each other. */
    private static final long SETTLED_NANOS = 200_000_000L;
    private static final long NEVER = Long.MIN_VALUE;

    private final long sinceNanos = System.nanoTime();
    private final ProtocolTable protocols;
    private volatile long routedNanos = NEVER;

    Opening(ProtocolTable protocols) {
        this.protocols = protocols;
    }

    /** A route was elected. */
    void routed() {
        routedNanos = System.nanoTime();
    }

    boolean accepts(Offer offer) {
        long now = System.nanoTime();
        return now - sinceNanos > LONGEST_NANOS || offer.protocols().stream().allMatch(p -> p.equals(ProtocolTable.HTTP) ? routed(now) : protocols.get(p) != null);
    }

    private boolean routed(long now) {
        long last = routedNanos;
        return last != NEVER && now - last > SETTLED_NANOS;
    }
}
