package io.sluice.session.jwt.internal;

import io.sluice.api.stream.Denied;

/** How a token is refused. */
final class Refusals {
    static final Denied.Reason TOKEN = Denied.Reason.KEY;

    private Refusals() {
    }
}
