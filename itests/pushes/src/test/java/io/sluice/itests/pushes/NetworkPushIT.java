package io.sluice.itests.pushes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Pushes to ffmpeg over the network, as rules and the engine keep them. */
class NetworkPushIT {
    /** Pictures of a second. */
    private static final int SECOND = 25;
    /** A key frame each second, and a machine that does other things besides. */
    private static final long TOLERANCE_MILLIS = 3000;

    @TempDir
    static Path folder;
    private static PushServer server;
    private static final List<RtmpPublisher> PUBLISHERS = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        server = new PushServer(folder);
        PUBLISHERS.add(server.publish("cam"));
        PUBLISHERS.add(server.publish("other"));
    }

    @AfterAll
    static void stop() throws IOException {
        for (RtmpPublisher publisher : PUBLISHERS) {
            publisher.close();
        }
        server.close("network");
    }

    /** PSH-06, PSH-08; PSH-19. */
    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aReceiverThatWasKilledIsPushedToAgainUnlessWaitIsZero() throws IOException {
        List<Integer> ports = FreePorts.take(2);
        Receiver kept = Receiver.rtmp(folder, ports.get(0));
        try (Receiver once = Receiver.rtmp(folder, ports.get(1))) {
            server.entry("once", "other", Receiver.address(ports.get(1)), "", "\"waitSeconds\": 0");
            server.entry("kept", "other", Receiver.address(ports.get(0)), "", "\"waitSeconds\": 1");
            once.awaitPictures(SECOND);
            kept.awaitPictures(SECOND);
        } finally {
            kept.close();
        }
        try (Receiver again = Receiver.rtmp(folder, ports.get(0)); Receiver inVain = Receiver.rtmp(folder, ports.get(1))) {
            Receiver.assertWhole(again.awaitPictures(2 * SECOND));
            server.awaitState("kept", "RUNNING");
            server.awaitState("once", "ENDED (failed)");
            assertTrue(Integer.parseInt(server.only("kept").get("STARTS")) > 1, server.pushes());
            assertEquals("1", server.only("once").get("STARTS"), server.pushes());
            assertEquals("", server.only("once").get("NEXT"), server.pushes());
            assertEquals(List.of(), inVain.times());
            String said = server.server().shell("sluice:pushremovestream other");
            assertTrue(said.contains("2 entries of other are removed"), said);
            again.awaitEnd();
            Await.until(() -> "nothing is left of them: " + server.pushes(), PushServer.PATIENCE, () -> server.rows("kept").isEmpty() && server.rows("once").isEmpty());
            assertFalse(Files.exists(server.file("io.sluice.pushes.push~kept")) || Files.exists(server.file("io.sluice.pushes.push~once")));
        }
    }

    /** PSH-10, PSH-11; PSH-38. */
    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aPushFromOneInstantToAnother() throws IOException {
        int port = FreePorts.take(1).get(0);
        try (Receiver receiver = Receiver.tcp(folder, port)) {
            long from = System.currentTimeMillis() / 1000 + 4;
            Path entry = server.entry("window", "cam", "tstcp://127.0.0.1:" + port, "", "\"from\": \"" + from + "\"", "\"until\": \"" + (from + 5) + "\"");
            Await.until(() -> "it is there and waits: " + server.pushes(), PushServer.PATIENCE, () -> !server.rows("window").isEmpty());
            List<Long> times = receiver.awaitEnd();
            Receiver.assertWhole(times);
            long first = times.get(0) - from * 1000;
            long last = times.get(times.size() - 1) - (from + 5) * 1000;
            String words = "it began " + first + " ms after its time, and ended " + last + " ms after";
            // what is sent begins with the key frame before, of at most a second ago
            assertTrue(first > -1500 && first < TOLERANCE_MILLIS && last > -TOLERANCE_MILLIS && last < TOLERANCE_MILLIS, words);
            Await.until(() -> "its entry is deleted: " + server.pushes(), PushServer.PATIENCE, () -> !Files.exists(entry) && server.rows("window").isEmpty());
        }
    }

    /** PSH-46. */
    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void theSameTargetTwiceIsOnePush() throws IOException {
        int port = FreePorts.take(1).get(0);
        try (Receiver receiver = Receiver.rtmp(folder, port)) {
            Path first = server.entry("first", "cam", Receiver.address(port), "");
            server.awaitState("first", "RUNNING");
            Path second = server.entry("second", "cam", Receiver.address(port), "");
            Await.until(() -> "the second says so: " + server.pushes(), PushServer.PATIENCE, () -> server.only("second").get("WHY").contains("first"));
            receiver.awaitPictures(2 * SECOND);
            server.connection(port);
            assertEquals("RUNNING", server.only("first").get("STATE"));
            Files.delete(second);
            Await.until(() -> "the second is gone: " + server.pushes(), PushServer.PATIENCE, () -> server.rows("second").isEmpty());
            receiver.awaitPictures(receiver.times().size() + SECOND);
            Files.delete(first);
            Receiver.assertWhole(receiver.awaitEnd());
        }
    }

    /** PSH-29: of the same stream, one on time and one three seconds behind. */
    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aDelayedPushIsLate() throws IOException {
        List<Integer> ports = FreePorts.take(2);
        try (Receiver prompt = Receiver.tcp(folder, ports.get(0)); Receiver late = Receiver.tcp(folder, ports.get(1))) {
            server.entry("prompt", "cam", "tstcp://127.0.0.1:" + ports.get(0), "");
            server.entry("late", "cam", "tstcp://127.0.0.1:" + ports.get(1) + "?pushdelay=3", "");
            prompt.awaitPictures(SECOND);
            int count = late.awaitPictures(SECOND).size();
            for (int i = 1; i < 4; i++) {
                List<Long> times = late.awaitPictures(count + i * SECOND);
                long now = System.currentTimeMillis();
                long behind = now - times.get(times.size() - 1);
                assertTrue(behind >= 2900, "the last picture was sent " + behind + " ms ago");
            }
            Await.until("in real time: not later than it must be", PushServer.PATIENCE, () -> {
                long lateTime = last(late);
                return last(prompt) - lateTime < 6000;
            });
            Receiver.assertWhole(late.times());
            server.server().shell("sluice:pushremove prompt");
            server.server().shell("sluice:pushremove late");
            prompt.awaitEnd();
        }
    }

    private static long last(Receiver receiver) throws IOException {
        List<Long> times = receiver.times();
        return times.get(times.size() - 1);
    }

    /** PSH-36. */
    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aMulticastGroupIsPushedTo() throws IOException {
        int port = FreePorts.take(1).get(0);
        try (Receiver receiver = Receiver.datagrams(folder, "udp://239.7.7.7:" + port + "?localaddr=127.0.0.1&fifo_size=5000&timeout=30000000")) {
            server.entry("group", "cam", "tsudp://239.7.7.7:" + port + "/127.0.0.1", "");
            Receiver.assertWhole(receiver.awaitPictures(3 * SECOND));
            server.server().shell("sluice:pushremove group");
        }
    }

    /** PSH-37; what is lost is repaired in RtpTargetTest. ffmpeg closes its port and opens it again when it has seen the first packet. */
    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void rtpIsPushed() throws IOException {
        int port = FreePorts.take(1).get(0) & 0xFFFE;
        try (Receiver receiver = Receiver.datagrams(folder, "rtp://127.0.0.1:" + port)) {
            server.entry("rtp", "cam", "tsrtp://127.0.0.1:" + port + "?fec=prompeg", "");
            Receiver.assertWhole(receiver.awaitPictures(3 * SECOND));
            server.server().shell("sluice:pushremove rtp");
        }
    }
}
