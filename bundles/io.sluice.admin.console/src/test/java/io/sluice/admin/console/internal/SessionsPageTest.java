package io.sluice.admin.console.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.Session;
import io.sluice.api.session.Sessions;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsPageTest {
    private static final Session ONE = new Session("ab12", Session.State.LIVE, ConnectionKind.VIEWER, "fields", "verysecrettoken", Map.of("live", 5L), Map.of("hls", 5L, "http", 1L),
        Map.of("10.0.0.1", 5L), "<b>Player", List.of(7L), 1, 0, 5, 10, 20_000_000, 100, 2, 3, 65_000, Set.of("vip", "${x}"), "");

    private final List<String> done = new ArrayList<>();
    private SessionsPage page;

    /** An engine with one session. */
    private final Sessions engine = new Sessions() {
        @Override
        public List<Session> list(Predicate<Session> which, int most) {
            return which.test(ONE) ? List.of(ONE) : List.of();
        }

        @Override
        public Session get(String id) {
            return ONE;
        }

        @Override
        public int stop(Predicate<Session> which, String reason) {
            return act("stop", which);
        }

        @Override
        public void tag(String id, String tag) {
            done.add("tag " + id + " " + tag);
        }

        @Override
        public void untag(String id, String tag) {
            done.add("untag " + id + " " + tag);
        }

        @Override
        public int invalidate(Predicate<Session> which) {
            return act("ask", which);
        }

        private int act(String what, Predicate<Session> which) {
            if (which.test(ONE)) {
                done.add(what);
            }
            return which.test(ONE) ? 1 : 0;
        }

        @Override
        public AutoCloseable onEnded(Consumer<Session> listener) {
            throw new UnsupportedOperationException();
        }
    };

    @BeforeEach
    void open() {
        page = new SessionsPage(null);
        page.sessions = engine;
    }

    private String rendered() throws ServletException, IOException {
        FakeExchange exchange = new FakeExchange();
        page.renderContent(exchange.request(), exchange.response());
        return exchange.body.toString();
    }

    private FakeExchange post(String... fields) throws ServletException, IOException {
        Matcher token = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(rendered());
        assertTrue(token.find());
        FakeExchange exchange = new FakeExchange().post();
        exchange.parameters.put("token", token.group(1));
        for (int i = 0; i < fields.length; i += 2) {
            exchange.parameters.put(fields[i], fields[i + 1]);
        }
        page.doPost(exchange.request(), exchange.response());
        return exchange;
    }

    @Test
    void aSessionIsARowWithoutItsTokenAndTextIsNeverMarkup() throws ServletException, IOException {
        String html = rendered();
        assertTrue(html.contains("10.0.0.1") && html.contains("<td>hls</td>") && html.contains("20.0 MB") && html.contains("<td>65 s</td>") && html.contains("2, 3 of 100"), html);
        assertFalse(html.contains("verysecrettoken") || html.contains("<b>Player") || html.contains("${x}"), html);
    }

    @Test
    void sessionsAreEndedTaggedAndAskedAboutByWhatTheyHave() throws ServletException, IOException {
        assertEquals(200, post("by", "stream", "of", "live", "do", "stop").status);
        post("by", "protocol", "of", "hls", "do", "ask");
        post("by", "tag", "of", "vip", "tag", "x", "do", "tag");
        post("by", "session", "of", "ab12", "tag", "vip", "do", "untag");
        assertEquals(List.of("stop", "ask", "tag ab12 x", "untag ab12 vip"), done);
    }

    @Test
    void whatMatchesNobodyIsSaid() throws ServletException, IOException {
        assertEquals(404, post("by", "stream", "of", "other", "do", "stop").status);
        assertEquals(400, post("by", "stream", "of", "", "do", "stop").status);
        assertEquals(400, post("by", "colour", "of", "red", "do", "stop").status);
        assertEquals(List.of(), done);
    }

    @Test
    void aFormFromElsewhereDoesNothing() throws ServletException, IOException {
        FakeExchange without = new FakeExchange().post();
        without.parameters.putAll(Map.of("by", "stream", "of", "live", "do", "stop"));
        page.doPost(without.request(), without.response());
        assertEquals(403, without.status);
        assertEquals(403, foreign());
        assertEquals(List.of(), done);
    }

    private int foreign() throws ServletException, IOException {
        FakeExchange exchange = new FakeExchange().post().from("http://evil.example");
        page.doPost(exchange.request(), exchange.response());
        return exchange.status;
    }

    @Test
    void withoutAnEngineThePageSaysSo() throws ServletException, IOException {
        page.sessions = null;
        assertTrue(rendered().contains("away"));
        assertEquals(503, post("by", "stream", "of", "live", "do", "stop").status);
    }
}
