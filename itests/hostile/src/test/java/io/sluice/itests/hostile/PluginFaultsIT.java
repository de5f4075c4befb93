package io.sluice.itests.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that throws in every call, blocks an event loop, or allocates without bound; what each costs stands in distribution/docs/limits.md. */
class PluginFaultsIT {
    private static final int BLOCK_MILLIS = 1500;
    /** The pools have some room left; so many streams need more. */
    private static final int MOST_PUBLISHERS = 40;

    @TempDir
    Path folder;
    private final int faultyPort = FreePorts.take(1).get(0);
    private Target target;

    @BeforeEach
    void deploy() throws Exception {
        target = new Target("plugin-faults", folder);
        Files.writeString(target.server().home().resolve("conf/io.sluice.net.listener~faulty.cfg.json"),
            "{\"name\": \"faulty\", \"address\": \"127.0.0.1\", \"port\": " + faultyPort + ", \"tls\": false, \"protocols\": [\"faulty\"]}");
        Path jar = PluginJar.of("faulty", folder,
            "route", PluginJar.component("faulty.FaultyRoute", "io.sluice.api.net.HttpRoute", "sluice.name", "faulty", "sluice.paths", "/faulty/**"),
            "protocol", PluginJar.component("faulty.FaultyProtocol", "io.sluice.api.net.Protocol", "sluice.name", "faulty"));
        target.server().deploy(jar, "faulty-1.0.0.jar");
        Await.until(() -> "the plugin serves: " + plugins(), Target.PATIENCE, () -> target.server().get("/faulty/end").statusCode() == 200 && target.server().log().contains("faulty listens"));
    }

    private String plugins() {
        try {
            return target.server().shell("sluice:plugins");
        } catch (IOException e) {
            return e.toString();
        }
    }

    @AfterEach
    void stop() throws Exception {
        target.close();
    }

    @Test
    void onesThatThrowAndOnesThatBlockAndOnesThatAllocate() throws Exception {
        throwing();
        target.requireOthersUntouched();
        blocking();
        target.requireOthersUntouched();
        blockingForEver();
        allocatingDirect();
        allocating();
    }

    private void throwing() throws Exception {
        for (String path : List.of("throws", "error", "deep", "half", "body", "end", "later")) {
            for (int i = 0; i < 20; i++) {
                try (Attacker client = Attacker.connect(target.httpPort())) {
                    client.send("POST /faulty/" + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");
                    client.awaitClosed(Target.SOON);
                    assertFalse(client.received().contains("planted"), () -> "no peer is told what went wrong inside: " + client.said());
                    if (!path.equals("later")) {
                        assertTrue(client.received().startsWith("HTTP/1.1 " + (List.of("half", "end").contains(path) ? "200" : "500")), () -> path + ": " + client.said());
                    }
                }
            }
        }
        for (char call : new char[] {'m', 'r', 'e', 'x'}) {
            for (int i = 0; i < 20; i++) {
                try (Attacker client = Attacker.connect(faultyPort)) {
                    client.send((byte) call);
                    if (call == 'x') {
                        client.reset();
                    } else {
                        client.awaitClosed(Target.SOON);
                    }
                }
            }
        }
        String log = target.server().log();
        assertTrue(log.contains("faulty 1.0.0 failed on"), "the log names the plugin");
        long stacks = log.lines().filter(l -> l.contains("failed on")).count();
        assertTrue(stacks < 150, () -> stacks + " entries for 220 faults: one a second for each plugin and type");
        System.out.println("a plugin that throws: " + stacks + " log entries for 220 faults");
    }

    /** All loops are busy for a while: nothing moves meanwhile, and nothing is lost. */
    private void blocking() throws Exception {
        int processors = Math.max(2, Runtime.getRuntime().availableProcessors());
        List<Attacker> all = new ArrayList<>();
        long began = System.nanoTime();
        for (int i = 0; i < 2 * processors; i++) {
            Attacker client = Attacker.connect(target.httpPort());
            client.send("GET /faulty/blocks?millis=" + BLOCK_MILLIS + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            all.add(client);
        }
        for (Attacker client : all) {
            client.awaitClosed(Target.PATIENCE);
            assertTrue(client.received().startsWith("HTTP/1.1 200"), client::said);
            client.close();
        }
        System.out.println("a plugin that blocked each loop twice for " + BLOCK_MILLIS + " ms: all was well again after " + (System.nanoTime() - began) / 1_000_000 + " ms");
    }

    /** What those lose whose connections are on a loop that stands, and that the others lose nothing. */
    private void blockingForEver() throws Exception {
        try (LoopWitnesses witnesses = new LoopWitnesses(target, "standing"); Attacker client = Attacker.connect(target.httpPort())) {
            long began = System.nanoTime();
            client.send("GET /faulty/waits HTTP/1.1\r\nHost: a\r\n\r\n");
            Await.until(() -> "the log names the plugin: " + log(), Target.SOON, () -> log().matches("(?s).*sluice-loop-\\d+ has not run for [\\d.]+ s: [^\n]* until \\S*faulty\\.FaultyRoute\\.await\\S* returns.*"));
            System.out.println("a plugin that blocks a loop was named after " + (System.nanoTime() - began) / 1_000_000 + " ms");
            assertTrue(stack().contains("faulty.FaultyRoute.serve"), this::stack);
            System.out.println(witnesses.requireOthersWhole());
            for (int i = 0; i < 8; i++) {
                ask("/faulty/end", "200"); // newcomers go to the loops that run
            }
            ask("/faulty/ends", "200");
            Await.until(() -> "its return is said: " + log(), Target.SOON, () -> log().matches("(?s).*sluice-loop-\\d+ runs again after [\\d.]+ s.*"));
            witnesses.awaitAllGoOn();
            assertEquals(1, log().lines().filter(l -> l.contains("FaultyRoute.await")).count(), "it was named once");
        }
    }

    private String log() {
        return target.server().log();
    }

    /** Of the log file, which has stacks as a whole. */
    private String stack() {
        try {
            return Files.readString(target.server().home().resolve("data/log/sluice.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Memory for buffers is one for all: while a plugin has it, who needs some is cut. All is well again when it is given back. */
    private void allocatingDirect() throws Exception {
        ask("/faulty/direct", "500");
        assertTrue(stack().contains("faulty 1.0.0 failed on GET /faulty/direct"), this::stack);
        long began = System.nanoTime();
        List<RtmpPublisher> late = new ArrayList<>();
        try {
            Await.until("a publisher that needs memory is cut", Target.PATIENCE, () -> late.size() < MOST_PUBLISHERS && !publishes(late) || late.stream().anyMatch(p -> !p.ended().isEmpty()));
        } finally {
            for (RtmpPublisher publisher : late) {
                publisher.close();
            }
        }
        System.out.println("a plugin that took all direct memory: of " + late.size() + " publishers one was cut after " + (System.nanoTime() - began) / 1_000_000 + " ms");
        assertTrue(log().matches("(?is).*OutOf\\w*MemoryError: [^\n]* direct (buffer )?memory.*"), this::log);
        assertTrue(target.server().running());
        ask("/faulty/frees", "200");
        try (LoopWitnesses witnesses = new LoopWitnesses(target, "after")) {
            witnesses.requireAllWhole();
        }
    }

    /** One more, as fast as it is read. @return false where it is not let in, for want of memory */
    private boolean publishes(List<RtmpPublisher> all) {
        try {
            all.add(RtmpPublisher.open(target.server().rtmp("live", "late" + all.size() + "?key=" + SluiceServer.PUBLISH_KEY)).start(target.clip().looped(0), RtmpPublisher.Pace.UNPACED));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void ask(String path, String status) throws Exception {
        try (Attacker client = Attacker.connect(target.httpPort())) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            client.awaitClosed(Target.PATIENCE);
            assertTrue(client.received().startsWith("HTTP/1.1 " + status), client::said);
        }
    }

    /** The process ends at once, with a code by which a service supervisor starts it again: a heap that is full serves nobody. */
    private void allocating() throws Exception {
        long began = System.nanoTime();
        try (Attacker client = Attacker.connect(target.httpPort())) {
            client.send("GET /faulty/allocates HTTP/1.1\r\nHost: a\r\n\r\n");
            Await.until("the process ends", Target.PATIENCE, () -> !target.server().running());
        }
        System.out.println("a plugin that allocated without bound ended the server after " + (System.nanoTime() - began) / 1_000_000 + " ms");
        assertTrue(target.server().log().contains("OutOfMemoryError"), "and the log says so");
        assertEquals(3, target.server().stop(), "exit code of -XX:+ExitOnOutOfMemoryError");
    }
}
