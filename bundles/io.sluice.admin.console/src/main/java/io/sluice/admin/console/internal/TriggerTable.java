package io.sluice.admin.console.internal;

import io.sluice.api.trigger.TriggerCounts;
import io.sluice.api.trigger.TriggerReport;
import io.sluice.api.trigger.TriggerReports;
import io.sluice.api.trigger.TriggerType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Triggers and types as rows. */
final class TriggerTable {
    private TriggerTable() {
    }

    /** @param token field of the forms */
    static Html triggers(Html html, List<TriggerReport> all, String root, String token) {
        html.table("Trigger", "Type", "Handler", "Streams", "Asked", "Told", "Yes", "No", "Failed", "Timed out", "Refused", "Takes", "Now", "Last error", "");
        all.stream().limit(ConnectionTable.MAX_ROWS).forEach(r -> row(html, r, root, token));
        return html.endTable(all, "No trigger is configured.");
    }

    private static void row(Html html, TriggerReport r, String root, String token) {
        TriggerCounts c = r.counts();
        String shown = r.id().substring(r.id().indexOf('~') + 1);
        html.row().cell(shown).cell(r.type() + (r.blocking() ? "" : ", only told")).cell(r.handler() + " " + r.target() + (r.problem().isEmpty() ? "" : ": " + r.problem()))
            .cell(r.streams().isEmpty() ? "all" : String.join(", ", r.streams())).cell(c.asked()).cell(c.told()).cell(c.yes()).cell(c.no()).cell(c.failed()).cell(c.timedOut())
            .cell(c.refused()).cell(times(c)).cell(r.open() + " open" + (r.waiting() == 0 ? "" : ", " + r.waiting() + " wait"))
            .cell(r.lastErrorMillis() == 0 ? "" : r.lastError() + " (" + ConnectionTable.since(r.lastErrorMillis()) + " ago)");
        html.raw("<td><a href=\"").text(root).raw("?edit=").text(r.id()).raw("\">Edit</a> <a href=\"").text(root).raw("?sample=").text(r.id())
            .raw("\">Sample</a> <form method=\"post\" action=\"").text(root).raw("\">" + token + "<input type=\"hidden\" name=\"remove\" value=\"").text(r.id())
            .raw("\"><button type=\"submit\">Remove</button></form></td>").endRow();
    }

    /** Mean of those that were answered, and the longest, late ones too. */
    static String times(TriggerCounts c) {
        long answered = c.asked() + c.told() - c.failed() - c.timedOut() - c.refused() - c.abandoned();
        String mean = c.totalNanos() == 0 ? "" : String.format(Locale.ROOT, "%.1f ms, ", c.totalNanos() / 1e6 / Math.max(1, answered));
        return c.longestNanos() == 0 ? "" : String.format(Locale.ROOT, "%slongest %.1f ms", mean, c.longestNanos() / 1e6);
    }

    static Html types(Html html, TriggerReports reports) {
        Map<String, TriggerCounts> counts = reports.counts();
        html.heading("Types").table("Type", "What its answer does", "Lines of the payload", "Asked", "Told", "Failed, timed out, refused");
        for (TriggerType type : reports.types()) {
            TriggerCounts c = counts.get(type.name());
            html.row().cell(type.name()).cell(type.effect()).cell(type.fields().stream().map(TriggerType.Field::name).collect(Collectors.joining(", ")))
                .cell(c == null ? "" : c.asked()).cell(c == null ? "" : c.told()).cell(c == null ? "" : c.failed() + c.timedOut() + c.refused()).endRow();
        }
        return html.endTable(reports.types(), "");
    }
}
