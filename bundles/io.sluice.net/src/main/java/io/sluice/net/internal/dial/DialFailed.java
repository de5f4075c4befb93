package io.sluice.net.internal.dial;

import java.io.IOException;

/** There is no connection, and the message says why in one sentence. A fact of the network, so without a stack trace. */
public final class DialFailed extends IOException {
    private static final long serialVersionUID = 1L;

    public DialFailed(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
