package intruder;

import io.sluice.api.push.PushRequest;
import io.sluice.api.push.PushTarget;

/** Waits for a push that nobody starts. */
public final class IntruderTarget implements PushTarget {
    @Override
    public AutoCloseable open(PushRequest request) {
        throw new IllegalStateException("push opened");
    }
}
