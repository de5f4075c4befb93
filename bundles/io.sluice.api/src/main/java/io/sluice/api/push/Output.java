package io.sluice.api.push;

import java.util.List;

/**
 * A push as it is now.
 *
 * @param id           unique over restarts
 * @param entry        which entry of the engine's it belongs to, or ""
 * @param stream       the stream's name
 * @param target       as it was asked for, without secrets
 * @param actual       after triggers and expansion, without secrets; "" while that is not known
 * @param state        where it is
 * @param reason       why it ended, or why it stops; "" else. A problem where {@code failed}
 * @param failed       ended by a problem
 * @param sinceMillis  when it started, Unix epoch
 * @param endedMillis  Unix epoch, 0 while it is not over
 * @param mediaMillis  media that has left us
 * @param tracks       such as "H.264 1920x1080"
 * @param bytes        that have left us
 * @param packets      sent, where the transport knows them
 * @param lost         of these
 * @param retransmitted of these
 * @param frames       that have left us
 * @param skipped      frames that were jumped over because the target was too slow
 * @param notes        the last ten lines, oldest first, each beginning with its time
 */
public record Output(String id, String entry, String stream, String target, String actual, State state, String reason, boolean failed, long sinceMillis, long endedMillis,
    long mediaMillis, List<String> tracks, long bytes, long packets, long lost, long retransmitted, long frames, long skipped, List<String> notes) {
    public Output {
        tracks = List.copyOf(tracks);
        notes = List.copyOf(notes);
    }

    /** STARTING: the reader or the target is being opened. RUNNING: the target has said yes. STOPPING: the target finishes. ENDED: over. */
    public enum State { STARTING, RUNNING, STOPPING, ENDED }
}
