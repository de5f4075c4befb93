package io.sluice.admin.console.internal;

import io.sluice.api.variable.Variable;
import io.sluice.api.variable.Variables;
import java.util.List;

/** Variables as rows. */
final class VariableTable {
    private static final int LONGEST = 120;

    private VariableTable() {
    }

    static String live(Variables engine, String root, PageToken token, long nowMillis) {
        Html html = new Html();
        if (engine == null) {
            return html.raw("<p>").text("The bundle io.sluice.variables is not running: nothing is read, and names in templates stay as they are.").raw("</p>\n").toString();
        }
        List<Variable> all = engine.list();
        html.table("Name", "Type", "Value", "Last change", "Age", "Next run", "Took", "Last error", "Failures", "");
        all.stream().limit(ConnectionTable.MAX_ROWS).forEach(v -> row(html, v, root, token, nowMillis));
        html.endTable(all, "No variable is configured.");
        if (all.size() > ConnectionTable.MAX_ROWS) {
            html.raw("<p>").text((all.size() - ConnectionTable.MAX_ROWS) + " more are not shown.").raw("</p>\n");
        }
        Variables.Punctuality p = engine.punctuality();
        return p.readings() == 0 ? html.toString() : html.raw("<p>").text(p.readings() + " readings in the last full minute; they began " + p.median()
            + " ms after they were due (median), 99 of 100 within " + p.p99() + " ms, the latest after " + Math.round(p.most()) + " ms.").raw("</p>\n").toString();
    }

    private static void row(Html html, Variable v, String root, PageToken token, long now) {
        html.row().cell(v.name()).cell(v.type()).raw("<td title=\"").text(v.value()).raw("\">").text(v.known() ? cut(v.value()) : "(none yet)").raw("</td>")
            .cell(v.changedMillis() == 0 ? "" : ConnectionTable.since(v.changedMillis()) + " ago").cell(v.readMillis() == 0 ? "" : ConnectionTable.since(v.readMillis()))
            .cell(v.nextMillis() == 0 ? "" : "in " + Math.max(0, (v.nextMillis() - now + 999) / 1000) + " s").cell(v.tookMillis() < 0 ? "" : v.tookMillis() + " ms")
            .cell(cut(v.error())).cell(v.failures() == 0 ? "" : v.failures()).raw("<td>");
        if (!v.type().isEmpty()) {
            html.raw("<a href=\"").text(root + "?edit=" + v.name()).raw("\">Edit</a> ");
            button(html, root, token, "refresh", v.name(), "Read now");
            button(html, root, token, "remove", v.name(), "Remove");
        }
        html.raw("</td>").endRow();
    }

    private static void button(Html html, String root, PageToken token, String action, String name, String label) {
        html.raw("<form method=\"post\" style=\"display:inline\" action=\"").text(root).raw("\">" + token.field() + "<input type=\"hidden\" name=\"" + action + "\" value=\"").text(name)
            .raw("\"><button type=\"submit\">" + label + "</button></form> ");
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
