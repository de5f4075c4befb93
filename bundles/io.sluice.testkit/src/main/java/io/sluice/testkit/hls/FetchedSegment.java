package io.sluice.testkit.hls;

import java.net.URI;

/**
 * A segment as it was when it was listed first.
 *
 * @param uri           it was fetched from
 * @param sequence      media sequence number
 * @param seconds       EXTINF
 * @param discontinuity listed before it
 * @param sha256        of its bytes
 * @param facts         how it is packed
 */
public record FetchedSegment(URI uri, long sequence, double seconds, boolean discontinuity, String sha256, TsFacts facts) {
}
