package io.sluice.format.sdp;

import java.util.Locale;

/** Which way media goes, RFC 8866 section 6.7, seen by whoever says it. */
public enum Direction {
    SENDRECV(true, true),
    SENDONLY(true, false),
    RECVONLY(false, true),
    INACTIVE(false, false);

    private final boolean sends;
    private final boolean receives;

    Direction(boolean sends, boolean receives) {
        this.sends = sends;
        this.receives = receives;
    }

    public boolean sends() {
        return sends;
    }

    public boolean receives() {
        return receives;
    }

    String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Direction of(Sdp sdp, SdpMedia media) {
        Direction own = among(media.attributes());
        Direction session = among(sdp.attributes());
        return own != null ? own : session != null ? session : SENDRECV;
    }

    private static Direction among(Iterable<SdpAttribute> attributes) {
        for (SdpAttribute attribute : attributes) {
            for (Direction direction : values()) {
                if (attribute.name().equals(direction.attribute())) {
                    return direction;
                }
            }
        }
        return null;
    }
}
