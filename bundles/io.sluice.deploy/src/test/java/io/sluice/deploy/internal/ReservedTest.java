package io.sluice.deploy.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.plugin.Plugins.State;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** The name "kept" is reserved for io.test.keeper. */
class ReservedTest {
    @TempDir
    Path home;
    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = new Server(home);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static PluginJar keeper(String version) {
        return PluginJar.of("io.test.keeper", version).offers("kept");
    }

    @Test
    void anotherBundleIsRefusedAndTheKeeperComesBackToItsName() throws Exception {
        Bundle keeper = server.system(keeper("1.0.0"));
        server.deploy().serves("kept 1.0.0");
        keeper.stop();
        server.drop(PluginJar.of("io.test.squatter", "9.0.0").offers("kept").offers("y"), "squatter.jar");
        assertEquals("it offers StreamSource kept, which only the bundle io.test.keeper may", server.rejected("squatter.jar").reason());
        keeper.start();
        server.serves("kept 1.0.0");
        assertEquals(List.of("none -> kept 1.0.0", "kept 1.0.0 -> none", "none -> kept 1.0.0"), server.told);
    }

    @Test
    void oneThatCameWithTheServerIsRefusedToo() throws Exception {
        server.system(PluginJar.of("io.test.squatter", "9.0.0").offers("kept"));
        server.system(keeper("1.0.0"));
        server.deploy().serves("kept 1.0.0");
        assertTrue(server.info("9.0.0", State.REJECTED).reason().contains("only the bundle io.test.keeper may"));
    }

    @Test
    void whatIsOfferedLaterIsNotUsed() throws Exception {
        Bundle keeper = server.system(keeper("1.0.0"));
        server.deploy().serves("kept 1.0.0");
        server.drop(PluginJar.of("io.test.squatter", "9.0.0").offers("y").first("""
            new Thread(() -> {
                while (!Boolean.getBoolean("squat")) Thread.onSpinWait();
                c.registerService(io.sluice.api.source.StreamSource.class, new Source("squatter"), new java.util.Hashtable<>(java.util.Map.of("sluice.name", "kept")));
            }).start();
            """), "squatter.jar");
        server.serves("y 9.0.0");
        try {
            System.setProperty("squat", "true");
            Await.until("it is said", () -> server.plugins.list(), () -> server.info("9.0.0", State.ELECTED).reason().contains("its StreamSource kept is not used"));
            keeper.stop();
            Await.until("nobody has the name", () -> server.told, () -> !server.elected.containsKey("kept"));
            keeper.start();
            server.serves("kept 1.0.0");
            assertTrue(server.told.stream().noneMatch(t -> t.contains("squatter")), server.told.toString());
        } finally {
            System.clearProperty("squat");
        }
    }

    /** An engine finds the plugins that it asks. */
    @Test
    void atTheStartTheKeeperIsElectedLast() throws Exception {
        server.system(keeper("1.0.0"));
        server.system(PluginJar.of("io.test.plug", "1.0.0").offers("x"));
        server.deploy().serves("kept 1.0.0");
        assertEquals(List.of("none -> x 1.0.0", "none -> kept 1.0.0"), server.told);
    }

    @Test
    void anotherVersionOfTheKeeperTakesOver() throws Exception {
        server.system(keeper("1.0.0"));
        server.deploy().serves("kept 1.0.0");
        server.drop(keeper("1.1.0"), "keeper.jar");
        server.serves("kept 1.1.0");
    }
}
