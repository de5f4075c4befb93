package io.sluice.admin.console.internal;

import io.sluice.api.media.Track;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.Streams;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What streams there are and how they fare. */
@Component(service = Servlet.class, property = {ServletConstants.PLUGIN_LABEL + "=sluice-streams", ServletConstants.PLUGIN_TITLE + "=Streams",
    ServletConstants.PLUGIN_CATEGORY + "=Sluice", ServletConstants.PLUGIN_CSS_REFERENCES + "=/sluice-streams/res/live.css"})
public final class StreamsPage extends LivePage {
    private static final long serialVersionUID = 1L;

    private final transient Streams streams;

    @Activate
    public StreamsPage(@Reference Streams streams) {
        super(() -> streams);
        this.streams = streams;
    }

    @Override
    String fixed(HttpServletRequest request) {
        return "";
    }

    @Override
    String live(HttpServletRequest request) {
        Html html = new Html();
        List<StreamInfo> all = streams.list();
        html.table("Stream", "State", "For", "Tracks", "Publisher", "Viewers", "Buffer", "kbit/s", "Frames in", "Missed by slow viewers", "Configuration", "Problem");
        all.stream().limit(ConnectionTable.MAX_ROWS).forEach(s -> row(html, s));
        return html.endTable(all, "No stream is configured (io.sluice.streams.stream).").toString();
    }

    private static void row(Html html, StreamInfo s) {
        String tracks = s.tracks().list().stream().map(Track::toString).collect(Collectors.joining(", "));
        html.row().cell(s.name()).cell(s.state()).cell(s.sinceMillis() > 0 ? ConnectionTable.since(s.sinceMillis()) : "").cell(tracks).cell(s.publisher()).cell(s.viewers())
            .cell((s.lastMillis() - s.firstMillis()) / 1000 + " s").cell(s.bitsPerSecond() / 1000).cell(s.framesIn()).cell(s.framesSkipped()).cell(s.configuration())
            .cell(s.problem() + (s.fallback().isEmpty() ? "" : " viewers get " + s.fallback())).endRow();
    }
}
