package io.sluice.streams.internal.output;

import io.sluice.api.media.Track;
import java.util.List;
import java.util.stream.Collectors;

/** What triggers get at the end of a push: MistServer's push_list (3.2, "pushes", API) with its names. */
final class Json {
    private Json() {
    }

    /** {@code [unix seconds, kind, message]} each. */
    static String logs(List<Notes.Note> notes) {
        return notes.stream().map(n -> "[" + n.millis() / 1000 + ",\"INFO\"," + quoted(n.text()) + "]").collect(Collectors.joining(",", "[", "]"));
    }

    static String status(Progress p, List<Track> tracks, long activeMillis) {
        String ids = tracks.stream().map(t -> Integer.toString(t.id())).collect(Collectors.joining(","));
        return "{\"mediatime\":" + p.mediaMillis() + ",\"tracks\":[" + ids + "],\"bytes\":" + p.bytes() + ",\"active_seconds\":" + activeMillis / 1000 + ",\"pkt_loss_perc\":"
            + (p.packets() == 0 ? 0 : p.lost() * 100 / p.packets()) + ",\"pkt_loss_count\":" + p.lost() + ",\"pkt_retrans_count\":" + p.retransmitted() + "}";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + '"';
    }
}
