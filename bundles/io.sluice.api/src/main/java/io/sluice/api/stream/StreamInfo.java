package io.sluice.api.stream;

import io.sluice.api.media.Tracks;

/**
 * A stream as pages and commands show it.
 *
 * @param name           of the stream
 * @param state          where it is in its life
 * @param tracks         as last declared
 * @param configuration  name or pattern of the configuration that covers it
 * @param publisher      protocol and address of who publishes, or the source URI without secrets, or ""
 * @param viewers        readers now, pushes not among them
 * @param sinceMillis    Unix epoch of the state
 * @param firstMillis    oldest media in the buffer, on the stream's timeline
 * @param lastMillis     newest media
 * @param bitsPerSecond  of the payload, over the last seconds
 * @param framesIn       written in all
 * @param framesSkipped  that slow readers missed, in all
 * @param lastKeyMillis  Unix epoch of the last key frame's arrival, 0 for none
 * @param hasBFrames     pts and dts differ
 * @param fallback       the stream that viewers get instead now, or ""
 * @param problem        what keeps it from working, in words, or ""
 */
public record StreamInfo(String name, State state, Tracks tracks, String configuration, String publisher, int viewers, long sinceMillis, long firstMillis,
    long lastMillis, long bitsPerSecond, long framesIn, long framesSkipped, long lastKeyMillis, boolean hasBFrames, String fallback, String problem) {
    /** OFFLINE: configured, nothing there. STARTING: a source was asked or a publisher has sent no frame yet. LIVE: media comes. GRACE: the publisher is gone, viewers keep their place. */
    public enum State { OFFLINE, STARTING, LIVE, GRACE }
}
