package io.sluice.dtls.internal;

/** The index of a packet whose 16-bit sequence number is known, RFC 3711 section 3.3.1: the one that is nearest to the highest so far. */
final class RollOver {
    private RollOver() {
    }

    /** @return may be negative where the number is older than the first */
    static long index(long highest, int sequence) {
        return highest + (short) (sequence - (int) highest);
    }
}
