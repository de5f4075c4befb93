package io.sluice.format.mp4;

/**
 * Where one sample lies and when it is due.
 *
 * @param track         whose it is
 * @param dtsNanos      decoding time on the movie's timeline; below zero where decoding starts before the first picture is shown
 * @param ptsNanos      presentation time; below zero where an edit cuts the sample off (an encoder's start-up)
 * @param durationNanos until the next sample's decoding time
 * @param key           a decoder can start here
 * @param offset        of its bytes in the file
 * @param size          bytes, 1 or more
 */
public record Mp4Sample(Mp4Track track, long dtsNanos, long ptsNanos, long durationNanos, boolean key, long offset, int size) {
}
