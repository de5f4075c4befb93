package io.sluice.admin.console.internal;

import io.sluice.api.push.Output;
import io.sluice.api.push.PushEntry;
import io.sluice.api.push.PushReason;
import io.sluice.api.push.PushReport;
import io.sluice.api.push.PushState;
import io.sluice.api.push.Pushes;
import java.util.List;

/** Entries and pushes as rows. */
final class PushTable {
    private static final int LONGEST = 160;
    private final Html html = new Html();
    private final String root;
    private final String token;
    private final long now;

    private PushTable(String root, String token, long now) {
        this.root = root;
        this.token = token;
        this.now = now;
    }

    static String live(Pushes engine, String root, PageToken token, long nowMillis) {
        if (engine == null) {
            return new Html().raw("<p class=\"statline ui-state-error\">").text("The engine of pushes (io.sluice.pushes) is away: what runs goes on, and nothing is started or stopped.")
                .raw("</p>\n").toString();
        }
        return new PushTable(root, token.field(), nowMillis).all(engine.entries(), engine.others());
    }

    private String all(List<PushReport> entries, List<Output> others) {
        html.heading("Configured").table("Entry", "Stream", "On", "Why", "Push", "Target", "Media", "Written", "Lost", "Last notes", "Next try", "");
        entries.stream().limit(ConnectionTable.MAX_ROWS).forEach(this::entry);
        html.endTable(entries, "No push is configured.");
        if (entries.size() > ConnectionTable.MAX_ROWS) {
            html.raw("<p>").text((entries.size() - ConnectionTable.MAX_ROWS) + " more are not shown.").raw("</p>\n");
        }
        html.heading("By hand").table("Stream", "Push", "Target", "Media", "Written", "Lost", "Last notes", "");
        others.forEach(this::byHand);
        return html.endTable(others, "No push was started by hand.").toString();
    }

    private void entry(PushReport report) {
        PushEntry e = report.entry();
        if (report.pushes().isEmpty()) {
            html.row();
            name(e);
            html.cell(e.stream()).cell(e.enabled() ? "" : "off").cell(report.problem().isEmpty() ? "no stream " + e.stream() + "… is there" : report.problem()).cell("").cell(e.target());
            html.cell("").cell("").cell("").cell("").cell("").raw("<td>");
            actions(e);
            html.raw("</td>").endRow();
        }
        boolean first = true;
        for (PushState state : report.pushes()) {
            state(report, state, first);
            first = false;
        }
    }

    private void name(PushEntry e) {
        html.raw("<td title=\"").text(e.rule().isEmpty() ? "whenever the stream is there" : e.rule()).raw("\">").text(e.name()).raw("</td>");
    }

    private void state(PushReport report, PushState state, boolean first) {
        PushEntry e = report.entry();
        Output o = state.output();
        html.row();
        name(e);
        html.cell(state.stream()).cell(state.on() ? "on" : "off").raw("<td>").text(state.why());
        if (!report.problem().isEmpty() && !report.problem().equals(state.why())) {
            html.raw("<br><span class=\"ui-state-error\">").text(report.problem()).raw("</span>");
        }
        tree(state.rule());
        html.raw("</td>");
        if (o == null) {
            html.cell("").cell(e.target()).cell("").cell("").cell("").cell("");
        } else {
            output(o);
        }
        html.cell(state.nextMillis() == 0 ? "" : "in " + Math.max(0, (state.nextMillis() - now + 999) / 1000) + " s").raw("<td>");
        if (o != null && o.state() != Output.State.ENDED) {
            button("stop", o.id(), "Stop");
        }
        if (first) {
            actions(e);
        }
        html.raw("</td>").endRow();
    }

    private void output(Output o) {
        html.raw("<td title=\"").text(o.reason()).raw("\">").text(o.state() + (o.failed() ? ": " + cut(o.reason()) : "")).raw("</td><td title=\"").text(o.target()).raw("\">")
            .text(o.actual().isEmpty() ? o.target() : o.actual()).raw("</td>").raw("<td title=\"").text(String.join(", ", o.tracks())).raw("\">").text(o.mediaMillis() / 1000 + " s").raw("</td>")
            .cell(ConnectionTable.bytes(o.bytes())).cell(lost(o)).raw("<td>");
        notes(o.notes());
        html.raw("</td>");
    }

    /** The newest first; the others stand below. */
    private void notes(List<String> notes) {
        for (int i = notes.size() - 1; i >= 0; i--) {
            html.raw(i == notes.size() - 1 ? "<span title=\"" : "<br><span class=\"ui-priority-secondary\" title=\"").text(notes.get(i)).raw("\">").text(cut(notes.get(i))).raw("</span>");
        }
    }

    private static String lost(Output o) {
        return o.skipped() + " of " + (o.frames() + o.skipped()) + " frames" + (o.packets() == 0 ? "" : ", " + o.lost() + " of " + o.packets() + " packets, " + o.retransmitted() + " sent again");
    }

    private void tree(PushReason reason) {
        if (reason.parts().isEmpty() && reason.why().isEmpty()) {
            return;
        }
        html.raw("<ul class=\"sluice-rule\"><li>").text(mark(reason) + reason.text() + (reason.why().isEmpty() ? "" : ": " + reason.why()));
        reason.parts().forEach(this::tree);
        html.raw("</li></ul>");
    }

    private static String mark(PushReason reason) {
        return switch (reason.standing()) {
            case ON -> "● ";
            case OFF -> "○ ";
            case UNKNOWN -> "? ";
        };
    }

    private void actions(PushEntry e) {
        html.raw("<a href=\"").text(root + "?edit=" + e.name()).raw("\">Edit</a> ");
        button("again", e.name(), "Start now");
        button(e.enabled() ? "disable" : "enable", e.name(), e.enabled() ? "Disable" : "Enable");
        button("remove", e.name(), "Delete");
    }

    private void byHand(Output o) {
        html.row().cell(o.stream());
        output(o);
        html.raw("<td>");
        if (o.state() != Output.State.ENDED) {
            button("stop", o.id(), "Stop");
        }
        html.raw("</td>").endRow();
    }

    private void button(String action, String value, String label) {
        html.raw("<form method=\"post\" style=\"display:inline\" action=\"").text(root).raw("\">" + token + "<input type=\"hidden\" name=\"" + action + "\" value=\"").text(value)
            .raw("\"><button type=\"submit\">" + label + "</button></form> ");
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
