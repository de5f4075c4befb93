package io.sluice.format.mp4;

import java.io.IOException;

/** What the samples of one track's fragments are read into. */
interface SampleSink {
    /** Samples that are kept in memory, which are limited. */
    int count();

    /** Decoding time of the next fragment that does not say its time. */
    long nextDts();

    void nextDts(long units);

    /**
     * @param offset      of the sample's bytes in the file
     * @param size        bytes
     * @param composition presentation minus decoding time
     * @param duration    until the next one's decoding time
     */
    void add(long offset, long size, long dts, int composition, boolean key, long duration) throws IOException;
}
