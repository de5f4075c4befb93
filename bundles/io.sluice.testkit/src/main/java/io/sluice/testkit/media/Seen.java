package io.sluice.testkit.media;

/**
 * A frame that was sent or has arrived.
 *
 * @param hash   of its payload, the same whichever container it travelled in
 * @param millis decoding time, unwrapped, on the clock of whoever saw it
 */
public record Seen(String hash, long millis) {
}
