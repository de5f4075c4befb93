package io.sluice.source.file.internal;

import io.sluice.api.media.Track;

/**
 * A track of an opened file.
 *
 * @param track          as the stream will have it
 * @param nalLengthBytes length of the lengths before NAL units in the file; the stream has 4
 */
record MediaTrack(Track track, int nalLengthBytes) {
    int id() {
        return track.id();
    }
}
