package io.sluice.itests.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A bundle in deploy/ that wants media, or to give some, without being let in: by every way that the public contract offers. Reflection is not one of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntruderIT {
    @TempDir
    static Path folder;
    private Target target;

    @BeforeAll
    void deploy() throws Exception {
        target = new Target("intruder", folder);
        Path conf = target.server().home().resolve("conf");
        Files.writeString(conf.resolve("io.sluice.streams.stream~trap.cfg.json"), "{\"name\": \"trap\", \"source\": \"intruder://x\"}");
        Files.writeString(conf.resolve("io.sluice.streams.stream~guarded.cfg.json"), "{\"name\": \"guarded\", \"source\": \"push://10.1.2.3\"}");
        Path jar = PluginJar.of("intruder", folder,
            "route", PluginJar.component("intruder.IntruderRoute", "io.sluice.api.net.HttpRoute", "sluice.name", "intruder", "sluice.paths", "/intruder"),
            "source", PluginJar.component("intruder.IntruderSource", "io.sluice.api.source.StreamSource", "sluice.name", "intruder"),
            "target", PluginJar.component("intruder.IntruderTarget", "io.sluice.api.push.PushTarget", "sluice.name", "intruder"));
        target.server().deploy(jar, "intruder-1.0.0.jar");
        Await.until(() -> "the plugin serves: " + target.server().log(), Target.PATIENCE, () -> target.server().get("/intruder").statusCode() == 200);
    }

    @AfterAll
    void stop() throws Exception {
        target.close();
    }

    private String told() {
        try {
            return target.server().get("/intruder").body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** While the engine is stopped, its name is free for nobody: neither for a jar that comes with it nor for one that offers it later. */
    @Test
    void theNameOfAnEngineStaysItsOwn() throws Exception {
        String id = target.server().shell("felix:lb -s").lines().filter(l -> l.contains("|io.sluice.sessions ")).findFirst().orElseThrow().strip().split("\\|")[0].strip();
        target.server().shell("felix:stop " + id);
        assertTrue(told().contains("own session engine: nothing"), this::told);
        target.server().deploy(PluginJar.of("squatter", folder, "engine", PluginJar.component("squatter.SquatterEngine", "io.sluice.api.session.SessionEngine", "sluice.name", "sessions")),
            "squatter.jar");
        Await.until(() -> "it is refused: " + target.server().log(), Target.PATIENCE,
            () -> target.server().log().contains("is refused: it offers SessionEngine sessions, which only the bundle io.sluice.sessions may"));
        assertTrue(target.server().shell("sluice:plugins").lines().anyMatch(l -> l.startsWith("squatter ") && l.contains("REJECTED")));
        assertTrue(told().contains("own session engine: nothing"), this::told);
        target.server().shell("felix:start " + id);
        Await.until(() -> "the engine is back: " + target.server().log(), Target.PATIENCE, () -> target.server().shell("sluice:sessions").contains("watched"));
        assertFalse(target.server().log().contains("IllegalStateException: begun"), "no other engine was begun");
        target.requireOthersUntouched();
    }

    @Test
    void getsNothingWithoutTheGate() throws Exception {
        List<String> told;
        try (Attacker viewer = Attacker.connect(target.httpPort())) {
            viewer.send("GET /hls/trap/index.m3u8 HTTP/1.1\r\nHost: a\r\n\r\n"); // its source is pulled, and keeps its publisher
            Await.until(() -> "the source is pulled: " + target.server().log(), Target.PATIENCE, () -> target.server().log().contains("trap: published by intruder"));
            Await.until(() -> "it has a publisher of its own: " + told(), Target.SOON, () -> told().contains("a source's handle: refused: java.lang.IllegalArgument"));
            told = told().lines().toList();
        }
        System.out.println(String.join("\n", told));
        assertTrue(told.get(0).startsWith("control: GOT io.sluice.streams.internal.ReaderLease"), told::toString);
        List<String> gotIn = told.stream().skip(1).filter(l -> l.contains(": GOT ")).toList();
        assertEquals(List.of(), gotIn);
        assertEquals(20, told.size());
        for (String refused : List.of("own connection, play", "own connection, publish", "own exchange, play", "own exchange, publish",
            "own exchange on the connection", "a source's handle", "a source's handle of nobody")) {
            assertTrue(told.stream().anyMatch(l -> l.startsWith(refused + ": refused: ") && !l.contains("NullPointer")), refused + " in " + told);
        }
        assertTrue(told.stream().filter(l -> l.startsWith("forged snapshot")).allMatch(l -> l.contains("this connection has no ")), told::toString);
        String log = target.server().log();
        assertTrue(log.contains("intruder 127.0.0.1 may not publish: a publish key is needed"), log);
        assertFalse(log.contains("IllegalStateException: begun"), "its session engine was never begun");
        assertFalse(log.contains("IllegalStateException: pushes begun"), "its engine of pushes was never begun");
        assertFalse(log.contains("IllegalStateException: push opened"), "nothing was pushed to it");
        target.requireOthersUntouched();
    }
}
