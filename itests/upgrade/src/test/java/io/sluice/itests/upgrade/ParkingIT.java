package io.sluice.itests.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testkit.Await;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The RTMP bundle is stopped, started and updated from the shell, past the deployer, while people publish and watch: their connections wait, and every payload comes
 * once and only once.
 */
class ParkingIT {
    private static final String RTMP = "io.sluice.protocol.rtmp";
    /** Two publishers and two players. */
    private static final int CONNECTIONS = 4;
    /** Pictures that the publisher sends, or would send, in two and a half seconds of 25 a second. */
    private static final int PAUSE = 62;

    @TempDir
    Path folder;
    private Broadcast broadcast;
    private Audience audience;

    @BeforeEach
    void everybodyWatches() throws Exception {
        broadcast = Broadcast.start("parking", folder);
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
    void connectionsOutliveAStopAStartAndAnUpdateFromTheShell() throws Exception {
        long rtmp = bundles().get(0);
        for (int i = 0; i < 3; i++) {
            shell("felix:stop " + rtmp);
            assertEquals(CONNECTIONS, parked(), "parked when the stop has returned");
            assertEquals(i + 1, logged("4 connections of rtmp are parked: " + RTMP), "log lines that say so");
            publishMeanwhile();
            shell("felix:start " + rtmp);
            awaitAllGoOn();
        }
        shell("felix:update " + rtmp);
        awaitAllGoOn();
        Upgrade newer = Upgrade.with(broadcast.server(), RTMP, "defaultChunkSize=1024\nsnapshotSchema=2\n", folder);
        newer.up();
        shell("felix:stop " + bundles().get(1));
        newer.await(Upgrade.SHIPPED, "ELECTED");
        awaitAllGoOn();
        audience.awaitSegments(2);
        audience.checkNobodyNoticed();
        audience.checkEveryPayload(500);
    }

    @Test
    void whereNoVersionComesBackConnectionsAreClosedWithTheReason() throws Exception {
        shell("felix:stop " + bundles().get(0));
        assertEquals(CONNECTIONS, parked());
        Await.until("everybody is turned out", Broadcast.PATIENCE, () -> !audience.player().ended().isEmpty() && !broadcast.publisher().ended().isEmpty()
            && broadcast.connections("rtmp").isEmpty());
        assertEquals(CONNECTIONS, logged("no version of rtmp came back within 10 s"));
    }

    private void publishMeanwhile() {
        RtmpPublisher publisher = broadcast.publisher();
        int sent = publisher.ledger().published(Kind.VIDEO).size();
        Await.until("the publisher goes on for a while", Broadcast.PATIENCE, () -> publisher.ledger().published(Kind.VIDEO).size() >= sent + PAUSE);
    }

    private void awaitAllGoOn() throws Exception {
        Await.until(() -> "nobody is parked any more: " + broadcast.server().log(), Broadcast.PATIENCE, () -> parked() == 0);
        audience.awaitPictures(PAUSE);
        audience.checkNobodyNoticed();
    }

    private long parked() throws IOException {
        return broadcast.server().shell("sluice:connections").lines().filter(l -> l.contains(" parked ")).count();
    }

    /** The log file has also what is said on a thread of the shell, whose standard output is the answer. */
    private long logged(String text) throws IOException {
        return Files.readString(broadcast.server().home().resolve("data/log/sluice.log")).lines().filter(l -> l.contains(text)).count();
    }

    private void shell(String command) throws IOException {
        broadcast.server().shell(command);
    }

    /** Numbers of the installed versions of RTMP, the oldest first. */
    private List<Long> bundles() throws IOException {
        Pattern line = Pattern.compile("^\\s*(\\d+)\\|.*" + Pattern.quote(RTMP) + "\\b", Pattern.MULTILINE);
        return line.matcher(broadcast.server().shell("felix:lb -s")).results().map(m -> Long.valueOf(m.group(1))).sorted().toList();
    }
}
