package io.sluice.admin.console.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.Session;
import io.sluice.api.session.SessionHistory;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionHistoryPageTest {
    private final List<SessionHistory.Query> asked = new ArrayList<>();
    private final SessionHistoryPage page = new SessionHistoryPage(null);
    private String problem = "";
    private int pages = 1;

    @BeforeEach
    void open() {
        page.history = new SessionHistory() {
            @Override
            public Page query(Query query) throws IOException {
                asked.add(query);
                if (!problem.isEmpty()) {
                    throw new IOException(problem);
                }
                return new Page(List.of(hostile()), asked.size() < pages ? "5_next" : "");
            }

            @Override
            public Status status() {
                return new Status("jdbc:h2:file:/x", problem, 7, 2, 1);
            }
        };
    }

    private static Session hostile() {
        return new Session("0123456789abcdef", Session.State.ENDED, ConnectionKind.VIEWER, "fields", "abc…", Map.of("<b>live</b>", 3L), Map.of("hls", 3L), Map.of("::1", 3L),
            "=cmd(\"x\") ${appRoot}", List.of(), 1_772_366_400_000L, 1_772_366_460_000L, 60, 10, 2000, 0, 0, 0, 0, Set.of("@sum"), "");
    }

    private String rendered(FakeExchange exchange) throws ServletException, IOException {
        page.renderContent(exchange.request(), exchange.response());
        return exchange.body.toString();
    }

    private FakeExchange csv(FakeExchange exchange) throws ServletException, IOException {
        exchange.path = "/sluice-history/sessions.csv";
        page.doGet(exchange.request(), exchange.response());
        return exchange;
    }

    @Test
    void textIsNeverMarkup() throws Exception {
        FakeExchange exchange = new FakeExchange();
        exchange.parameters.put("stream", "\"><script>alert(1)</script>");
        String html = rendered(exchange);
        assertFalse(html.contains("<script>alert") || html.contains("<b>live") || html.contains("${"), html);
        assertTrue(html.contains("&lt;b&gt;live&lt;/b&gt;") && html.contains("7 sessions written since the start, 2 wait, 1 were dropped."), html);
    }

    @Test
    void theFormIsTheQuestionAndTheNextPageTheSameAgain() throws Exception {
        pages = 2;
        FakeExchange exchange = new FakeExchange();
        exchange.parameters.putAll(Map.of("from", "2026-03-01T12:00", "stream", " live ", "protocol", "hls", "tag", "a&b", "limit", "5"));
        String html = rendered(exchange);
        long from = LocalDateTime.parse("2026-03-01T12:00").atZone(ZoneId.systemDefault()).toInstant().toEpochMilli();
        assertEquals(List.of(new SessionHistory.Query(from, 0, "live", "hls", "a&b", 5, "")), asked);
        assertTrue(html.contains("?from=2026-03-01T12%3A00&amp;stream=live&amp;protocol=hls&amp;tag=a%26b&amp;limit=5&amp;after=5_next"), html);
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        FakeExchange exchange = new FakeExchange();
        exchange.parameters.put("from", "yesterday");
        assertTrue(rendered(exchange).contains("A time such as 2026-03-01T12:00 was wanted in &#34;from&#34;."));
        problem = "the session history does not answer: <gone>";
        assertTrue(rendered(new FakeExchange()).contains("does not answer: &lt;gone&gt;"));
        assertEquals(503, csv(new FakeExchange()).status);
        page.history = null;
        assertTrue(rendered(new FakeExchange()).contains("There is no session history"));
        assertEquals(503, csv(new FakeExchange()).status);
    }

    @Test
    void theFileHasAllPagesAndNothingThatASpreadsheetComputes() throws Exception {
        pages = 3;
        FakeExchange exchange = csv(new FakeExchange());
        String[] lines = exchange.body.toString().split("\r\n");
        assertEquals(4, lines.length);
        assertEquals(List.of("", "5_next", "5_next"), asked.stream().map(SessionHistory.Query::after).toList());
        assertEquals("\"0123456789abcdef\",\"VIEWER\",\"fields\",\"abc…\",\"<b>live</b>\",\"hls\",\"::1\",\"'=cmd(\"\"x\"\") ${appRoot}\",\"2026-03-01T12:00:00Z\","
            + "\"2026-03-01T12:01:00Z\",60,10,2000,0,0,0,0,\"'@sum\",\"\"", lines[1]);
        assertEquals("attachment; filename=\"sessions.csv\"", exchange.responseHeaders.get("Content-Disposition"));
    }
}
