package io.sluice.itests.upgrade;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The audience of {@link HandOverIT} and its checks are honest: they find each fault that a newer version brings along. */
class PlantedFaultsIT {
    private static final String RTMP = "io.sluice.protocol.rtmp";
    private static final String HLS = "io.sluice.protocol.hls";

    @TempDir
    static Path folder;
    private static Broadcast broadcast;
    private Audience audience;
    private Upgrade faulty;

    @BeforeAll
    static void broadcast() throws Exception {
        broadcast = Broadcast.start("planted-faults", folder);
    }

    @BeforeEach
    void everybodyWatchesAndAllIsWell() throws Exception {
        audience = new Audience(broadcast, false);
        audience.checkNobodyNoticed();
        audience.checkEveryPayload(10);
    }

    @AfterEach
    void theFaultGoes() throws Exception {
        if (audience != null) {
            audience.close();
        }
        if (faulty != null) {
            faulty.down();
        }
    }

    @AfterAll
    static void end() throws Exception {
        if (broadcast != null) {
            broadcast.close();
        }
    }

    private void up(FaultyJar jar) throws Exception {
        faulty = jar.upgrade(broadcast.server(), folder);
        faulty.up();
    }

    private static void assertFound(String fault, Executable check) {
        String found = assertThrows(AssertionError.class, check).getMessage();
        assertTrue(found.contains(fault), () -> "wanted \"" + fault + "\", found: " + found);
    }

    @Test
    void aSkippedFrameIsFound() throws Exception {
        up(new FaultyJar("frame-skipped", RTMP, folder));
        audience.awaitPictures(75);
        audience.checkNobodyNoticed();
        assertFound("the RTMP player, VIDEO:\n  skipped 1: published VIDEO", () -> audience.checkEveryPayload(10));
    }

    @Test
    void aRepeatedFrameIsFound() throws Exception {
        up(new FaultyJar("frame-repeated", RTMP, folder));
        audience.awaitPictures(75);
        audience.checkNobodyNoticed();
        assertFound("the RTMP player, VIDEO:\n  repeated or late: received", () -> audience.checkEveryPayload(10));
    }

    @Test
    void aListedSegmentThatIsMuxedAgainIsFound() throws Exception {
        up(new FaultyJar("segment-muxed-again", HLS, folder));
        assertFound(".ts gave other bytes than before", audience::checkNobodyNoticed);
    }

    @Test
    void aConnectionThatIsClosedAndOpenedAgainIsFound() throws Exception {
        up(new FaultyJar("rtmp-connection-closed", RTMP, folder).component("RtmpProtocol", "ClosingProtocol"));
        Await.until("the player is cut off", Broadcast.PATIENCE, () -> !audience.player().ended().isEmpty());
        // "connection ended" by the player, or "connections that were closed" by the server: whoever notices first
        assertFound("connection", audience::checkNobodyNoticed);
        audience.openPlayers();
        audience.awaitPictures(10);
        assertFound("connections that were closed or opened again", audience::checkNobodyNoticed);
    }

    @Test
    void anHttpConnectionThatIsClosedAndOpenedAgainIsFound() throws Exception {
        up(new FaultyJar("http-connection-closed", HLS, folder));
        Await.until("a viewer opened another connection", Broadcast.PATIENCE, () -> audience.hlsViewers().stream().anyMatch(v -> v.localPorts().size() > 1));
        audience.awaitSegments(1);
        assertFound("connections that were closed or opened again", audience::checkNobodyNoticed);
    }
}
