package io.sluice.admin.console.internal;

import io.sluice.api.session.Session;
import io.sluice.api.session.SessionHistory;
import io.sluice.api.session.SessionHistory.Page;
import io.sluice.api.session.SessionHistory.Status;
import io.sluice.api.stream.Streams;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Sessions that have ended: a form that asks for some, their table, the same as a file, and how the writing goes. */
@Component(service = Servlet.class, property = {ServletConstants.PLUGIN_LABEL + "=sluice-history", ServletConstants.PLUGIN_TITLE + "=Session history",
    ServletConstants.PLUGIN_CATEGORY + "=Sluice", ServletConstants.PLUGIN_CSS_REFERENCES + "=/sluice-history/res/live.css"})
public final class SessionHistoryPage extends LivePage {
    private static final long serialVersionUID = 1L;
    private static final String AWAY = "There is no session history: the bundle io.sluice.sessions.history does not run.";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final String FILE = "/sessions.csv";

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    transient volatile SessionHistory history;

    @Activate
    public SessionHistoryPage(@Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) Streams streams) {
        super(() -> streams);
    }

    @Override
    String fixed(HttpServletRequest request) {
        HistoryQuery asked = HistoryQuery.of(request);
        Html html = form(new Html(), asked, root(request));
        SessionHistory now = history;
        try {
            return (now == null ? html : table(html, now.query(asked.query()), asked, root(request))).toString();
        } catch (IOException | IllegalArgumentException | Refused e) {
            return html.raw("<p class=\"statline ui-state-error\">").text(e.getMessage()).raw("</p>\n").toString();
        }
    }

    private static Html form(Html html, HistoryQuery asked, String root) {
        html.raw("<form class=\"statline\" method=\"get\" action=\"").text(root).raw("\">");
        for (String name : new String[] {"from", "to"}) {
            html.text(name + " ").raw("<input type=\"datetime-local\" name=\"" + name + "\" value=\"").text(asked.field(name)).raw("\"> ");
        }
        for (String name : new String[] {"stream", "protocol", "tag"}) {
            html.text(name + " ").raw("<input name=\"" + name + "\" size=\"12\" value=\"").text(asked.field(name)).raw("\"> ");
        }
        html.text("at most ").raw("<input type=\"number\" name=\"limit\" min=\"1\" max=\"1000\" value=\"").text(asked.limit()).raw("\"> ");
        html.raw("<button type=\"submit\">Show</button> <button type=\"submit\" formaction=\"").text(root + FILE).raw("\">Download as CSV</button> ");
        return html.text("Times are those of this server (" + ZoneId.systemDefault() + ").").raw("</form>\n");
    }

    private static Html table(Html html, Page page, HistoryQuery asked, String root) {
        html.table("Ended", "Since", "Kind", "Streams", "Protocols", "Addresses", "Token", "User agent", "Seconds", "In", "Out", "Lost", "Tags", "Reason", "Session");
        page.sessions().forEach(s -> row(html, s));
        html.endTable(page.sessions(), "No session that ended is like this.");
        return page.next().isEmpty() ? html : html.raw("<p><a href=\"").text(root + "?" + asked.next(page.next())).raw("\">Older ones</a></p>\n");
    }

    private static void row(Html html, Session s) {
        html.row().cell(time(s.endedMillis())).cell(time(s.sinceMillis())).cell(s.kind()).cell(String.join(", ", s.streams().keySet())).cell(String.join(", ", s.protocols().keySet()))
            .cell(String.join(", ", s.addresses().keySet())).cell(s.token()).cell(s.userAgent()).cell(s.seconds()).cell(ConnectionTable.bytes(s.bytesIn()))
            .cell(ConnectionTable.bytes(s.bytesOut())).cell(s.packetsLost()).cell(String.join(", ", s.tags())).cell(s.reason())
            .raw("<td title=\"").text(s.id()).raw("\">").text(s.id().substring(0, Math.min(10, s.id().length()))).raw("</td>").endRow();
    }

    private static String time(long epochMillis) {
        return TIME.format(Instant.ofEpochMilli(epochMillis).atZone(ZoneId.systemDefault()));
    }

    /** How the writing goes. */
    @Override
    String live(HttpServletRequest request) {
        SessionHistory now = history;
        if (now == null) {
            return "<p class=\"statline ui-state-error\">" + AWAY + "</p>\n";
        }
        Status status = now.status();
        Html html = new Html().raw(status.problem().isEmpty() ? "<p class=\"statline\">" : "<p class=\"statline ui-state-error\">").text(status.database() + ": " + status.written()
            + " sessions written since the start, " + status.waiting() + " wait, " + status.dropped() + " were dropped.");
        return html.text(status.problem().isEmpty() ? "" : " It cannot be reached now: " + status.problem()).raw("</p>\n").toString();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        if (String.valueOf(request.getPathInfo()).endsWith(FILE)) {
            file(request, response);
        } else {
            super.doGet(request, response);
        }
    }

    private void file(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SessionHistory now = history;
        try {
            if (now == null) {
                throw new Refused(HttpServletResponse.SC_SERVICE_UNAVAILABLE, AWAY);
            }
            HistoryCsv.write(now, HistoryQuery.of(request).query(), () -> {
                response.setContentType("text/csv;charset=UTF-8");
                response.setHeader("Content-Disposition", "attachment; filename=\"sessions.csv\"");
                return response.getWriter();
            });
        } catch (Refused e) {
            say(response, e.status(), e.getMessage());
        } catch (IOException e) {
            if (response.isCommitted()) {
                throw e;
            }
            say(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, e.getMessage());
        }
    }

    private static void say(HttpServletResponse response, int status, String text) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println(text);
    }
}
