package io.sluice.admin.player.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlayerRouteTest {
    private final Fakes.FakeStreams streams = new Fakes.FakeStreams();
    private final PlayerRoute route = new PlayerRoute(streams, new Fakes.FakeConnections(List.of()), new Fakes.FakePlugins());

    @AfterEach
    void end() {
        route.close();
    }

    @Test
    void anyStreamHasTheSamePageWithAStrictPolicy() {
        Visit demo = Visit.get(route, "/demo.html");
        assertEquals(200, demo.status);
        assertEquals("text/html; charset=utf-8", demo.headers.get("content-type"));
        assertTrue(demo.headers.get("content-security-policy").startsWith("default-src 'none'; script-src 'self';"));
        assertEquals(demo.body, Visit.get(route, "/<script>alert(1)</script>.html").body);
    }

    @Test
    void noPageHasInlineScriptOrAnotherHost() {
        for (String path : List.of("/", "/demo.html")) {
            String body = Visit.get(route, path).body;
            assertFalse(Pattern.compile("<script(?![^>]*src=)|\\son[a-z]+=|style=|https?://").matcher(body).find(), path);
        }
    }

    @Test
    void scriptsWriteTextAndNeverMarkup() {
        for (String file : List.of("player.js", "index.js")) {
            String body = Visit.get(route, "/assets/player/" + file).body;
            assertFalse(Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(").matcher(body).find(), file);
        }
    }

    @Test
    void everythingThatThePagesAskForIsThere() {
        for (String page : List.of("/", "/demo.html")) {
            Pattern.compile("(?:src|href)=\"(/[^\"]+)\"").matcher(Visit.get(route, page).body).results()
                .forEach(r -> assertEquals(200, Visit.get(route, r.group(1)).status, r.group(1)));
        }
        assertTrue(Visit.get(route, "/assets/player/hls.min.js").body.contains("1.7.4"));
        assertTrue(Visit.get(route, "/assets/player/hls.LICENSE.txt").body.contains("Apache License"));
        assertEquals("image/svg+xml", Visit.get(route, "/favicon.ico").headers.get("content-type"));
    }

    @Test
    void aFileThatTheBrowserHasIsNotSentAgain() {
        Visit first = Visit.get(route, "/assets/player/hls.min.js");
        Visit again = new Visit("GET", "/assets/player/hls.min.js");
        again.requestHeaders.put("if-none-match", first.headers.get("etag"));
        route.serve(again);
        assertEquals(304, again.status);
        assertEquals("", again.body);
    }

    @Test
    void informationIsPlainJsonThatNobodyCaches() throws Exception {
        streams.known.put("demo", StreamFacts.live("demo", System.currentTimeMillis(), StreamFacts.picture()));
        Visit info = Visit.get(route, "/json_demo.js");
        assertEquals("application/json; charset=utf-8", info.headers.get("content-type"));
        assertEquals("no-store", info.headers.get("cache-control"));
        assertEquals("demo", new ObjectMapper().readTree(info.body).path("sluice").path("name").asText());
    }

    @Test
    void aNameWithASlashComesAsAParameter() throws Exception {
        streams.known.put("live+a/b", StreamFacts.live("live+a/b", System.currentTimeMillis(), StreamFacts.picture()));
        Visit info = new Visit("GET", "/json_.js");
        info.queries.put("stream", "live+a/b");
        route.serve(info);
        assertEquals("live+a/b", new ObjectMapper().readTree(info.body).path("sluice").path("name").asText());
    }

    @Test
    void pathsOfOtherFilesAreNotFound() {
        assertEquals(404, Visit.get(route, "/assets/player/StreamPages.class").status);
        assertEquals(404, Visit.get(route, "/assets/player/hls.js/package.json").status);
    }

    @Test
    void pagesCanOnlyBeRead() {
        Visit post = new Visit("POST", "/demo.html");
        route.serve(post);
        assertEquals(405, post.status);
        assertEquals("GET, HEAD", post.headers.get("allow"));
    }
}
