package io.sluice.itests.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.CountingRelay;
import io.sluice.testkit.JarVariant;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Chromium;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Program;
import io.sluice.testkit.hls.HlsViewer;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The session engine and the strategy are stopped, started, replaced and configured anew while people watch and come and go, ffmpeg and a browser with hls.js among them. Nobody
 * notices, and in the end the sessions have moved exactly the bytes that a relay in front of the server counted.
 */
class SwapIT {
    private static final String ENGINE = "io.sluice.sessions";
    private static final String FIELDS = "io.sluice.session.fields";
    /** Pictures of ten seconds. */
    private static final int TEN_SECONDS = 250;

    @TempDir
    Path folder;
    private Configured configured;
    private SluiceServer server;
    private Listed sessions;
    private CountingRelay rtmp;
    private CountingRelay http;
    private RtmpPlayer steady;
    private HlsViewer hls;
    private int passers;

    @Test
    void totalsAreExactAndNobodyNotices() throws Exception {
        configured = new Configured(SwapIT.class);
        server = configured.server();
        sessions = new Listed(server);
        Path clip = Ffmpeg.installed().clip(folder.resolve("clip.flv"), 20, 0);
        try (Program publisher = Ffmpeg.installed().publish(clip, server.rtmp("live", "exact?key=" + SluiceServer.PUBLISH_KEY));
            CountingRelay rtmpRelay = new CountingRelay(server.rtmp("live", ""));
            CountingRelay httpRelay = new CountingRelay(server.http("/"));
            Chromium browser = Chromium.start()) {
            rtmp = rtmpRelay;
            http = httpRelay;
            Await.until("it is live", Configured.PATIENCE, () -> server.get("/hls/demo/index.m3u8").statusCode() == 200 && sessions.rows("stream exact").size() == 1);
            steady = RtmpPlayer.open(play("steady"));
            hls = HlsViewer.watch(http.through(server.http("/hls/exact/index.m3u8")));
            Program ffmpeg = Ffmpeg.installed().run(List.of("-i", play("ffmpeg").toString(), "-c", "copy", "-f", "null", "-"));
            browser.navigate(server.http("/demo.html"));
            Await.until("everybody watches", Configured.PATIENCE, () -> steady.count(Kind.VIDEO) > 25 && hls.segments().size() > 1 && frames(browser) > 25);
            passer();
            engineStopsForTenSeconds();
            passer();
            newer(ENGINE);
            passer();
            newer(FIELDS);
            passer();
            strategyStops();
            anotherDefinition("\"viewers\": [\"stream\"]", 1);
            anotherDefinition("\"viewers\": [\"userAgent\"], \"strategy\": \"cookie\"", 0);
            anotherDefinition("\"viewers\": [\"stream\", \"address\", \"token\"]", 0);
            strategyOfOnesOwn();
            long before = frames(browser);
            Await.until("the browser goes on", Configured.PATIENCE, () -> frames(browser) > before + 50);
            assertEquals(List.of(), browser.failures());
            assertTrue(ffmpeg.running() && publisher.running(), ffmpeg.errors() + " " + publisher.errors());
            assertEquals(List.of(), hls.faults());
            assertEquals(1, hls.localPorts().size(), "connections of the HLS viewer");
            assertEquals("", steady.ended());
            ffmpeg.interrupt(Configured.PATIENCE);
            assertEquals(List.of(), ffmpeg.errors());
            steady.close();
            hls.close();
            Await.until("all have left", Configured.PATIENCE, () -> rtmp.open() + http.open() == 0);
            exact();
        } finally {
            configured.close();
        }
    }

    private URI play(String token) {
        return rtmp.through(server.rtmp("live", "exact?tkn=" + token));
    }

    private static long frames(Chromium browser) throws IOException {
        return browser.evaluate("document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames").asLong();
    }

    /** Somebody comes by RTMP and somebody by HLS, and both go. */
    private void passer() throws IOException {
        int number = passers++;
        try (RtmpPlayer player = RtmpPlayer.open(play("p" + number))) {
            Await.until(() -> "a passer sees something: " + player.statuses(), Configured.PATIENCE, () -> player.count(Kind.VIDEO) > 10);
        }
        assertEquals(200, Curl.get(http.through(server.http("/hls/exact/index.m3u8?tkn=p" + number))).status());
    }

    private void goOn(int pictures) {
        int before = steady.count(Kind.VIDEO);
        Await.until(() -> "pictures go on coming: " + steady.ended(), Configured.PATIENCE, () -> steady.count(Kind.VIDEO) >= before + pictures);
    }

    /** The sessions' sums are the relays', once everything is counted. */
    private void exact() {
        Await.until(() -> "viewers' bytes in and out are those of the relays: " + rtmp.up() + " + " + http.up() + ", " + rtmp.down() + " + " + http.down() + "; sessions: " + totals(),
            Configured.PATIENCE, () -> {
                long[] viewers = sessions.viewers("stream exact");
                return viewers[1] == rtmp.up() + http.up() && viewers[2] == rtmp.down() + http.down();
            });
        System.out.printf("%d sessions over %d connections: %d bytes in, %d bytes out, all of them counted%n", viewers()[0], rtmp.relayed() + http.relayed(), viewers()[1], viewers()[2]);
    }

    private long[] viewers() {
        try {
            return sessions.viewers("stream exact");
        } catch (IOException e) {
            return new long[3];
        }
    }

    private String totals() {
        return viewers()[1] + ", " + viewers()[2];
    }

    private void engineStopsForTenSeconds() throws IOException {
        String before = steadyOne();
        server.shell("felix:stop " + server.bundle(ENGINE));
        passer();
        goOn(TEN_SECONDS);
        passer();
        server.shell("felix:start " + server.bundle(ENGINE));
        Await.until("it is back", Configured.PATIENCE, () -> !sessions.rows("stream exact").isEmpty());
        assertEquals(before, steadyOne());
    }

    private String steadyOne() throws IOException {
        return sessions.rows("stream exact").stream().filter(r -> r.contains(" stea ")).map(r -> r.split(" ")[0]).findFirst().orElse("");
    }

    private void newer(String bundle) throws IOException {
        Path jar = JarVariant.of(server.shipped(bundle)).version("1.1.0").write(folder.resolve(bundle + "-1.1.0.jar"));
        server.deploy(jar, jar.getFileName().toString());
        elected(bundle, "1.1.0");
        passer();
        goOn(25);
        server.undeploy(jar.getFileName().toString());
        elected(bundle, "0.1.0");
    }

    private void elected(String bundle, String version) {
        Await.until(bundle + " " + version + " is elected", Configured.PATIENCE,
            () -> server.shell("sluice:plugins").lines().anyMatch(l -> l.startsWith(bundle + " ") && l.contains(" " + version) && l.contains("ELECTED")));
        Await.until("sessions are there", Configured.PATIENCE, () -> !sessions.rows("stream exact").isEmpty());
    }

    private void strategyStops() throws IOException {
        long groups = sessions.rows("stream exact").size();
        server.shell("felix:stop " + server.bundle(FIELDS));
        passer();
        goOn(25);
        server.shell("felix:start " + server.bundle(FIELDS));
        elected(FIELDS, "0.1.0");
        assertTrue(sessions.rows("stream exact").size() >= groups, "by plain fields they were the same");
    }

    /** @param viewers sessions of the stream that there are then, or 0 */
    private void anotherDefinition(String more, int viewers) throws IOException {
        long before = definitions();
        configured.configure("io.sluice.sessions", "{" + more + "}", () -> definitions() > before);
        if (viewers > 0) {
            Await.until("everybody is regrouped", Configured.PATIENCE, () -> sessions.rows("stream exact").stream().filter(r -> r.contains(" VIEWER ")).count() == viewers);
        }
        passer();
        goOn(25);
    }

    /** A bundle that nobody has seen before, dropped and selected; the code is that of the fields. */
    private void strategyOfOnesOwn() throws IOException {
        String component = "OSGI-INF/io.sluice.session.fields.internal.FieldsStrategy.xml";
        String xml;
        try (JarFile jar = new JarFile(server.shipped(FIELDS).toFile())) {
            xml = new String(jar.getInputStream(jar.getEntry(component)).readAllBytes(), StandardCharsets.UTF_8).replace("value=\"fields\"", "value=\"own\"");
        }
        Path jar = JarVariant.of(server.shipped(FIELDS)).header("Bundle-SymbolicName", "example.own").entry(component, xml).write(folder.resolve("own.jar"));
        server.deploy(jar, "own.jar");
        elected("example.own", "0.1.0");
        anotherDefinition("\"viewers\": [\"stream\", \"address\"], \"strategy\": \"own\"", 1);
    }

    private long definitions() throws IOException {
        return configured.log().lines().filter(l -> l.contains("sessions are defined by the configuration")).count();
    }
}
