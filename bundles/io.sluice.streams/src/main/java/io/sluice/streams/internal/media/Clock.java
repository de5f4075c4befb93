package io.sluice.streams.internal.media;

/** Time, so that tests can turn it. */
public interface Clock {
    Clock SYSTEM = new Clock() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public long millis() {
            return System.currentTimeMillis();
        }
    };

    /** Rises steadily; only differences mean something. */
    long nanos();

    /** Unix epoch. */
    long millis();
}
