package io.sluice.itests.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Chromium;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that is pulled, and pages, are swapped while they are used. */
class SourceSwapIT {
    private static final int TIMES = 3;

    @TempDir
    Path folder;
    private SluiceServer server;

    @BeforeEach
    void start() throws Exception {
        server = new SluiceServer(Path.of(System.getProperty("sluice.dist")), folder.resolve("home"), Path.of(System.getProperty("sluice.jdk"))).start();
        Await.until("every plugin is elected", Broadcast.PATIENCE,
            () -> server.get("/demo.html").statusCode() == 200 && server.get("/json_demo.js").statusCode() == 200 && server.get("/hls/demo/index.m3u8").statusCode() == 200);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        Broadcast.keepLog("source-swap", server);
    }

    @Test
    void viewersOfAFileStayConnectedAndGoOnWhenItsSourceIsSwapped() throws Exception {
        try (RtmpPlayer player = RtmpPlayer.open(server.rtmp("live", "demo")); Chromium browser = Chromium.start()) {
            browser.navigate(server.http("/demo.html"));
            Await.until("both watch", Broadcast.PATIENCE, () -> player.count(Kind.VIDEO) > 25 && decoded(browser) > 25);
            Upgrade source = Upgrade.of(server, "io.sluice.source.file", folder);
            for (int i = 0; i < TIMES; i++) {
                source.up();
                checkGoesOn(player, browser);
                source.down();
                checkGoesOn(player, browser);
            }
            System.out.println(source.times());
        }
    }

    private static void checkGoesOn(RtmpPlayer player, Chromium browser) throws Exception {
        int seen = player.count(Kind.VIDEO);
        int decoded = decoded(browser);
        Await.until("pictures go on after the swap", Broadcast.PATIENCE, () -> player.count(Kind.VIDEO) > seen + 25 && decoded(browser) > decoded + 25);
        assertEquals("", player.ended());
        assertEquals(List.of(), player.faults());
        assertEquals(List.of(), browser.failures());
    }

    private static int decoded(Chromium browser) throws Exception {
        return browser.evaluate("(() => { const v = document.querySelector('video'); return v ? v.getVideoPlaybackQuality().totalVideoFrames : 0; })()").asInt();
    }

    @Test
    void pagesGoOnAnsweringWhenTheirBundleIsSwapped() throws Exception {
        List<String> bad = new CopyOnWriteArrayList<>();
        AtomicInteger good = new AtomicInteger();
        Thread asking = new Thread(() -> ask(bad, good));
        asking.start();
        try {
            Upgrade pages = Upgrade.of(server, "io.sluice.admin.player", folder);
            for (int i = 0; i < TIMES; i++) {
                pages.up();
                pages.down();
            }
            System.out.println(pages.times() + "; " + good + " answers meanwhile");
        } finally {
            asking.interrupt();
            asking.join();
        }
        assertEquals(List.of(), bad);
        assertTrue(good.get() > 50, () -> "only " + good + " answers");
    }

    private void ask(List<String> bad, AtomicInteger good) {
        while (!Thread.currentThread().isInterrupted() && bad.size() < 10) {
            for (String path : List.of("/demo.html", "/json_demo.js")) {
                try {
                    int status = server.get(path).statusCode();
                    if (status == 200) {
                        good.incrementAndGet();
                    } else {
                        bad.add(path + " " + status);
                    }
                } catch (Exception e) {
                    if (!Thread.currentThread().isInterrupted()) {
                        bad.add(path + " " + e);
                    }
                }
            }
        }
    }
}
