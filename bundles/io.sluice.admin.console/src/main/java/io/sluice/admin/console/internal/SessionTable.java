package io.sluice.admin.console.internal;

import io.sluice.api.session.Session;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Sessions as rows. */
final class SessionTable {
    private static final int ID_SHOWN = 13;
    /** A token may open something: enough of it to tell two apart. */
    private static final int TOKEN_SHOWN = 4;

    private SessionTable() {
    }

    static void begin(Html html) {
        html.table("Session", "State", "Kind", "From", "Token", "Stream", "Protocols", "For", "Connections", "Read", "Written", "Packets lost, sent again", "Position", "Tags", "");
    }

    static void row(Html html, Session s, String root, String token) {
        html.row().raw("<td title=\"").text(s.id()).raw("\">").text(start(s.id(), ID_SHOWN)).raw("</td>").cell(s.state() + (s.reason().isEmpty() ? "" : ": " + s.reason()))
            .cell(s.kind().name().toLowerCase(Locale.ROOT)).raw("<td title=\"").text(s.userAgent()).raw("\">").text(String.join(", ", s.addresses().keySet())).raw("</td>")
            .cell(start(s.token(), TOKEN_SHOWN)).cell(String.join(", ", s.streams().keySet())).cell(protocols(s)).cell(ConnectionTable.since(s.sinceMillis()))
            .raw("<td title=\"").text(s.connections()).raw("\">").text(s.connections().size()).raw("</td>").cell(ConnectionTable.bytes(s.bytesIn()))
            .cell(ConnectionTable.bytes(s.bytesOut())).cell(s.packetsLost() + ", " + s.packetsRetransmitted() + " of " + s.packets()).cell(s.positionMillis() / 1000 + " s")
            .cell(String.join(", ", new TreeSet<>(s.tags()))).raw("<td>");
        boolean denied = s.state() == Session.State.DENIED;
        form(html, s, root, token, denied ? "" : "<button name=\"do\" value=\"stop\">End</button> ");
        html.raw("</td>").endRow();
    }

    private static void form(Html html, Session s, String root, String token, String end) {
        html.raw("<form method=\"post\" action=\"").text(root).raw("\">" + token + "<input type=\"hidden\" name=\"by\" value=\"session\"><input type=\"hidden\" name=\"of\" value=\"")
            .text(s.id()).raw("\">" + end + "<button name=\"do\" value=\"ask\">Ask again</button></form>");
    }

    /** Pages do not count beside media. */
    private static String protocols(Session s) {
        return s.protocols().keySet().stream().filter(p -> s.protocols().size() == 1 || !p.equals("http")).collect(Collectors.joining(", "));
    }

    private static String start(String text, int most) {
        return text.length() > most ? text.substring(0, most) + "…" : text;
    }
}
