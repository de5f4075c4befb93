package io.sluice.admin.console.internal;

import io.sluice.api.session.Session;
import io.sluice.api.session.SessionHistory;
import io.sluice.api.session.SessionHistory.Page;
import io.sluice.api.session.SessionHistory.Query;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Sessions as comma-separated values (RFC 4180), page by page, so that memory does not grow with their number. */
final class HistoryCsv {
    /** As many as spreadsheets bear. */
    static final int MAX_ROWS = 100_000;
    private static final int PAGE = 1000;
    private static final String HEAD = "id,kind,strategy,token,streams,protocols,addresses,user agent,since,ended,seconds,bytes in,bytes out,packets,packets lost,"
        + "packets retransmitted,position ms,tags,reason";

    private HistoryCsv() {
    }

    /** The first page is read before anything is written, so that a failure can still be said in words. */
    static void write(SessionHistory history, Query asked, WriterOf writer) throws IOException {
        Query query = new Query(asked.fromMillis(), asked.toMillis(), asked.stream(), asked.protocol(), asked.tag(), PAGE, "");
        Page page = history.query(query);
        Writer out = writer.get();
        out.write(HEAD + "\r\n");
        for (int rows = PAGE;; rows += PAGE) {
            for (Session session : page.sessions()) {
                out.write(row(session) + "\r\n");
            }
            if (page.next().isEmpty() || rows >= MAX_ROWS) {
                return;
            }
            page = history.query(query.after(page));
        }
    }

    /** Where to write to, asked for when there is something. */
    interface WriterOf {
        Writer get() throws IOException;
    }

    private static String row(Session s) {
        List<Object> values = List.of(s.id(), s.kind(), s.strategy(), s.token(), String.join(" ", s.streams().keySet()), String.join(" ", s.protocols().keySet()),
            String.join(" ", s.addresses().keySet()), s.userAgent(), Instant.ofEpochMilli(s.sinceMillis()), Instant.ofEpochMilli(s.endedMillis()), s.seconds(), s.bytesIn(),
            s.bytesOut(), s.packets(), s.packetsLost(), s.packetsRetransmitted(), s.positionMillis(), String.join(" ", s.tags()), s.reason());
        return values.stream().map(value -> value instanceof Number ? value.toString() : cell(value.toString())).collect(Collectors.joining(","));
    }

    /** A spreadsheet would compute what begins like a formula: peers choose their names for themselves. */
    private static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
