package io.sluice.format.programme;

/**
 * What a look at a calendar's place brought.
 *
 * @param document  its bytes, or null when it is the same as before
 * @param stamp     that says next time whether it is the same: of a file its attributes, of a URL its entity tag
 */
record Fetched(byte[] document, Object stamp) {
}
