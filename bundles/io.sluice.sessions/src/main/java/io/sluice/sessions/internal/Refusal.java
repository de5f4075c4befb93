package io.sluice.sessions.internal;

import io.sluice.api.stream.Denied;

/** The engine's words of refusal. */
public final class Refusal {
    private Refusal() {
    }

    /** A token that is wrong, missing or cannot be. */
    public static Denied token(String message) {
        return new Denied(Denied.Reason.TOKEN, message);
    }

    /** The session was refused or ended. */
    public static Denied session(String message) {
        return new Denied(Denied.Reason.SESSION, message);
    }

    /** A limit is reached. */
    public static Denied limit(String message) {
        return new Denied(Denied.Reason.LIMIT, message);
    }
}
