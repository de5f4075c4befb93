package io.sluice.api.stream;

/** The gate's "no", with the reason in words that may be shown to the peer. */
public final class Denied extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** A configured limit is reached. */ LIMIT,
        /** The name is empty after the naming rule, or too long. */ NAME,
        /** No configuration covers the name. */ UNKNOWN,
        /** The stream exists and has no media now. */ OFFLINE,
        /** No key, or a wrong one. */ KEY,
        /** The address is not allowed to. */ ADDRESS,
        /** A token is missing, wrong or over. */ TOKEN,
        /** Its session was refused or ended. */ SESSION,
        /** An address, a token or a header is longer than anybody's. */ SIZE,
        /** Somebody else publishes. */ BUSY,
        /** The server is stopping. */ STOPPING
    }

    private final Reason reason;

    public Denied(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
