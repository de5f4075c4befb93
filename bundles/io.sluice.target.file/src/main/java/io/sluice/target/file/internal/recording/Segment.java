package io.sluice.target.file.internal.recording;

import java.nio.file.Path;

/**
 * A finished file of a recording.
 *
 * @param wallMillis    Unix epoch of its first frame
 * @param discontinuity it does not go on where the one before ended
 */
record Segment(Path file, long durationNanos, long wallMillis, boolean discontinuity) {
}
