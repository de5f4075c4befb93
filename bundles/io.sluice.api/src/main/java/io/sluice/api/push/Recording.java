package io.sluice.api.push;

/**
 * A recording that is whole.
 *
 * @param path          of the file; of a segmented one the playlist, or the last file where there is none
 * @param format        such as "mkv"
 * @param bytes         in all its files
 * @param startedMillis Unix epoch
 * @param endedMillis   Unix epoch
 * @param firstMillis   first media time, on the stream's timeline
 * @param lastMillis    last media time
 */
public record Recording(String path, String format, long bytes, long startedMillis, long endedMillis, long firstMillis, long lastMillis) {
}
