package io.sluice.format.outbound;

import java.io.IOException;

/** The policy says no; the message is one sentence with the policy's name and what would allow it. */
public final class OutboundDenied extends IOException {
    OutboundDenied(String message) {
        super(message);
    }
}
