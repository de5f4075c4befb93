package io.sluice.admin.console.internal;

import io.sluice.api.net.Connections;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Connections as rows. */
final class ConnectionTable {
    /** More rows do not help a reader and would cost a browser that asks every other second. */
    static final int MAX_ROWS = 500;

    private ConnectionTable() {
    }

    /** Those that another version has taken over at least once. */
    static Html handedOver(Html html, List<Connections.Info> all) {
        List<Connections.Info> moved = all.stream().filter(c -> c.handovers() > 0).toList();
        long handovers = moved.stream().mapToLong(Connections.Info::handovers).sum();
        html.heading("Connections: " + all.size() + " now, " + moved.size() + " of them handed over, " + handovers + " times in all");
        return moved.isEmpty() ? html : rows(html, moved, "");
    }

    static Html rows(Html html, List<Connections.Info> list, String empty) {
        html.table("Id", "From", "Listener", "Protocol", "Plugin", "Does", "Stream", "For", "Read", "Written", "Handed over");
        list.stream().limit(MAX_ROWS).forEach(c -> html.row().cell(c.id()).cell(c.remote()).cell(c.listener()).cell(c.protocol()).cell(c.plugin()).cell(c.role())
            .cell(c.stream()).cell(since(c.sinceMillis())).cell(bytes(c.bytesIn())).cell(bytes(c.bytesOut())).cell(c.handovers()).endRow());
        html.endTable(list, empty);
        return list.size() > MAX_ROWS ? html.raw("<p>").text((list.size() - MAX_ROWS) + " more are not shown.").raw("</p>\n") : html;
    }

    static String since(long epochMillis) {
        Duration d = Duration.ofMillis(Math.max(0, System.currentTimeMillis() - epochMillis));
        return d.toHours() > 0 ? d.toHours() + " h " + d.toMinutesPart() + " min" : d.toMinutes() > 0 ? d.toMinutes() + " min " + d.toSecondsPart() + " s" : d.toSeconds() + " s";
    }

    static String bytes(long n) {
        return n < 10_000 ? n + " B" : n < 10_000_000 ? n / 1000 + " kB" : String.format(Locale.ROOT, "%.1f MB", n / 1e6);
    }
}
