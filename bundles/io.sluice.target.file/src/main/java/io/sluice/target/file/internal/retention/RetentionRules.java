package io.sluice.target.file.internal.retention;

/**
 * What holds for all recordings of a root; those of a push come on top.
 *
 * @param maxAgeMillis since a recording's end, 0 for no limit
 * @param maxCount     of recordings, 0 for no limit
 * @param minFreeBytes of the root's disk, 0 for no limit
 */
public record RetentionRules(long maxAgeMillis, int maxCount, long minFreeBytes) {
}
