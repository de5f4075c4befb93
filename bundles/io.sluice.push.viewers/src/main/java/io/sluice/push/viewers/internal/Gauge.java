package io.sluice.push.viewers.internal;

import io.sluice.api.push.PushSwitch;

/** One condition's number, and on which side of its threshold it is. Called one at a time. */
final class Gauge {
    private final Threshold threshold;
    private final PushSwitch state;
    private boolean on;

    Gauge(Threshold threshold, PushSwitch state) {
        this.threshold = threshold;
        this.state = state;
    }

    void count(int viewers) {
        on = threshold.holds(viewers, on);
        state.set(on, threshold.why(viewers, on));
    }
}
