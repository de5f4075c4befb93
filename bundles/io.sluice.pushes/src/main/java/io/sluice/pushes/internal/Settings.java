package io.sluice.pushes.internal;

/** What holds for all pushes; see {@link PushesComponent.Config}. @param waitNanos from an end to the next start, 0 for never again @param maxSpeed new pushes a second, 0 for any number */
public record Settings(long waitNanos, int maxSpeed) {
    private static final double MOST_SECONDS = 86_400;

    static Settings of(double waitSeconds, int maxSpeed) {
        return new Settings((long) (Math.max(0, Math.min(MOST_SECONDS, waitSeconds)) * 1e9), Math.max(0, maxSpeed));
    }
}
