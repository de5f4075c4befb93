package io.sluice.itests.upgrade;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that cannot serve are placed in deploy/ under load: nobody is dropped, every payload comes once, and sluice:plugins says why. */
class BadJarIT {
    private static final String RTMP = "io.sluice.protocol.rtmp";

    @TempDir
    Path folder;
    private Broadcast broadcast;
    private Audience audience;

    @BeforeEach
    void everybodyWatches() throws Exception {
        broadcast = Broadcast.start("bad-jar", folder);
        audience = new Audience(broadcast, false);
    }

    @AfterEach
    void everybodyLeaves() throws Exception {
        if (audience != null) {
            audience.close();
        }
        broadcast.close();
    }

    @Test
    void aJarThatCannotServeIsRefusedAndOneThatCannotGoOnServesOnlyWhoIsNew() throws Exception {
        garbage();
        audience.checkNobodyNoticed();
        noStart();
        audience.checkNobodyNoticed();
        noResume();
        audience.awaitSegments(1);
        audience.checkNobodyNoticed();
        audience.checkEveryPayload(100);
    }

    private void garbage() throws Exception {
        Path garbage = Files.writeString(folder.resolve("garbage.jar"), "this is no jar\n".repeat(1000));
        broadcast.server().deploy(garbage, "garbage.jar");
        Await.until(() -> "garbage.jar is refused: " + plugins(), Broadcast.PATIENCE, () -> plugins().lines().anyMatch(l -> l.contains("garbage.jar") && l.contains("REJECTED")));
        broadcast.server().undeploy("garbage.jar");
    }

    private void noStart() throws Exception {
        Upgrade bad = new FaultyJar("no-start", RTMP, folder).component("RtmpProtocol", "NoStartProtocol").upgrade(broadcast.server(), folder);
        bad.place();
        String line = bad.await(Upgrade.NEWER, "REJECTED");
        assertTrue(line.contains("its service Protocol rtmp cannot be activated"), line);
        assertTrue(broadcast.server().log().contains("planted: no start"), "the log says what the component threw");
        bad.down();
    }

    /** Who watches stays where it is; who comes is served by the newer one, and goes back to the older one when the jar is taken away. */
    private void noResume() throws Exception {
        Upgrade bad = new FaultyJar("no-resume", RTMP, folder).component("RtmpProtocol", "NoResumeProtocol").upgrade(broadcast.server(), folder);
        bad.place();
        bad.await(Upgrade.NEWER, "ELECTED");
        bad.await(Upgrade.SHIPPED, "DRAINING");
        audience.awaitPictures(10);
        audience.checkNobodyNoticed();
        try (RtmpPlayer late = RtmpPlayer.open(broadcast.server().rtmp("live", "exact"))) {
            Await.until("who comes late watches", Broadcast.PATIENCE, () -> late.count(Kind.VIDEO) > 25);
            assertTrue(handledBy(late).contains(" " + Upgrade.NEWER), () -> handledBy(late));
            bad.down();
            assertTrue(handledBy(late).contains(" " + Upgrade.SHIPPED), () -> handledBy(late));
            int seen = late.count(Kind.VIDEO);
            Await.until("who came late goes on", Broadcast.PATIENCE, () -> late.count(Kind.VIDEO) > seen + 25);
            broadcast.publisher().ledger().requireExact("who came late", Kind.VIDEO, late.frames(Kind.VIDEO), 50);
        }
        Await.until("who came late has left", Broadcast.PATIENCE, () -> broadcast.connections("rtmp").size() == 4);
    }

    private String handledBy(RtmpPlayer player) {
        try {
            return broadcast.server().shell("sluice:connections").lines().filter(l -> l.contains(":" + player.localPort() + " ")).findFirst().orElse("(not connected)");
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String plugins() {
        try {
            return broadcast.server().shell("sluice:plugins");
        } catch (IOException e) {
            return e.toString();
        }
    }
}
