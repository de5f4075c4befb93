package io.sluice.variables.internal;

/** Both clocks, so that tests can turn them. */
interface Clock {
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

    /** For distances: never set back. */
    long nanos();

    /** Unix epoch. */
    long millis();
}
