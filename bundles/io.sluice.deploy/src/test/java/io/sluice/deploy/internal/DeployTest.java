package io.sluice.deploy.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.plugin.Plugins;
import io.sluice.api.plugin.Plugins.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

class DeployTest {
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

    private static PluginJar plug(String version) {
        return PluginJar.of("io.test.plug", version).offers("x");
    }

    @Test
    void whatTheSystemBringsIsElectedHighestVersionFirst() throws Exception {
        server.system(plug("1.0.0"));
        server.system(plug("1.2.0"));
        server.deploy().serves("x 1.2.0");
        assertEquals(State.STANDBY, server.info("1.0.0", State.STANDBY).state());
        assertEquals(List.of("none -> x 1.2.0"), server.told);
        assertEquals(List.of("StreamSource x"), server.info("1.2.0", State.ELECTED).services());
        assertEquals("system", server.info("1.2.0", State.ELECTED).origin());
    }

    @Test
    void aDroppedJarIsElectedWhateverItsVersion() throws Exception {
        server.system(plug("1.2.0"));
        server.deploy().serves("x 1.2.0");
        server.drop(plug("1.1.0"), "plug.jar");
        server.serves("x 1.1.0");
        assertEquals(List.of("none -> x 1.2.0", "x 1.2.0 -> x 1.1.0"), server.told);
        assertEquals("plug.jar", server.info("1.1.0", State.ELECTED).origin());
        assertEquals("1.1.0 (plug.jar) is elected", server.info("1.2.0", State.STANDBY).reason());
    }

    @Test
    void overwritingHandsOverAndTheOldOneGoesWhenItsLastUseEnds() throws Exception {
        server.deploy();
        server.drop(plug("1.0.0"), "plug.jar");
        server.serves("x 1.0.0");
        AutoCloseable use = server.elected.get("x").use();
        server.drop(plug("1.1.0"), "plug.jar");
        server.serves("x 1.1.0");
        Plugins.Info draining = server.info("1.0.0", State.DRAINING);
        assertEquals(1, draining.uses());
        Await.until("the drain time is over", () -> server.plugins.list(), () -> server.info("1.0.0", State.DRAINING).reason().contains("drain time is over"));
        use.close();
        use.close();
        server.gone("1.0.0");
    }

    @Test
    void removalHandsOverToTheSystemsVersionFirst() throws Exception {
        server.system(plug("1.0.0"));
        server.deploy().serves("x 1.0.0");
        Path file = server.drop(plug("2.0.0"), "plug.jar");
        server.serves("x 2.0.0");
        Files.delete(file);
        server.serves("x 1.0.0").gone("2.0.0");
        assertEquals(List.of("none -> x 1.0.0", "x 1.0.0 -> x 2.0.0", "x 2.0.0 -> x 1.0.0"), server.told);
    }

    @Test
    void removalOfTheOnlyVersionLeavesNone() throws Exception {
        server.deploy();
        Path file = server.drop(plug("1.0.0"), "plug.jar");
        server.serves("x 1.0.0");
        Files.delete(file);
        server.gone("1.0.0");
        assertEquals("x 1.0.0 -> none", server.told.get(1));
    }

    @Test
    void aRenamedFileChangesNothing() throws Exception {
        server.deploy();
        Path file = server.drop(plug("1.0.0"), "plug.jar");
        server.serves("x 1.0.0");
        Files.move(file, server.folder().resolve("other.jar"));
        Await.until("it is known by its new name", () -> server.plugins.list(), () -> server.info("1.0.0", State.ELECTED).origin().equals("other.jar"));
        assertEquals(1, server.told.size());
    }

    @Test
    void theSameVersionWithOtherBytesIsAnotherVersion() throws Exception {
        server.deploy();
        server.drop(plug("1.0.0").salt("a"), "plug.jar");
        server.serves("x 1.0.0");
        String before = server.info("1.0.0", State.ELECTED).sha256();
        server.drop(plug("1.0.0").salt("b"), "plug.jar");
        Await.until("the other bytes are elected", () -> server.plugins.list(),
            () -> server.plugins.list().stream().allMatch(i -> i.state() == State.ELECTED && !i.sha256().equals(before)));
        assertEquals(List.of("none -> x 1.0.0", "x 1.0.0 -> x 1.0.0"), server.told);
    }

    @Test
    void aHalfWrittenFileWaitsUntilItIsWhole() throws Exception {
        server.deploy();
        byte[] jar = Files.readAllBytes(plug("1.0.0").write(home.resolve("made.jar")));
        Path file = server.folder().resolve("plug.jar");
        Files.write(file, Arrays.copyOf(jar, jar.length / 2));
        server.drop(PluginJar.of("io.test.other", "3.0.0").offers("y"), "other.jar");
        server.serves("y 3.0.0");
        Files.write(file, Arrays.copyOfRange(jar, jar.length / 2, jar.length), StandardOpenOption.APPEND);
        server.serves("x 1.0.0");
        assertTrue(server.plugins.list().stream().noneMatch(i -> i.state() == State.REJECTED));
    }

    @Test
    void temporaryFilesAreIgnored() throws Exception {
        server.deploy();
        for (String name : List.of(".plug.jar", "plug.jar.tmp", "plug.jar.part")) {
            Files.writeString(server.folder().resolve(name), "garbage");
        }
        server.drop(plug("1.0.0"), "plug.jar");
        server.serves("x 1.0.0");
        assertEquals(1, server.plugins.list().size());
    }

    @Test
    void twoVersionsSideBySideAndBackByElect() throws Exception {
        server.deploy();
        server.drop(plug("1.0.0"), "a.jar");
        server.serves("x 1.0.0");
        String first = server.info("1.0.0", State.ELECTED).sha256();
        server.drop(plug("2.0.0"), "b.jar");
        server.serves("x 2.0.0");
        server.plugins.elect(first.substring(0, 12));
        server.serves("x 1.0.0");
        assertEquals(State.STANDBY, server.info("2.0.0", State.STANDBY).state());
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> server.plugins.elect("0000"));
        assertTrue(e.getMessage().startsWith("no version has a hash"), e.getMessage());
    }

    @Test
    void electBringsAnOverwrittenVersionBackWithItsFile() throws Exception {
        server.deploy();
        server.drop(plug("1.0.0"), "a.jar");
        server.serves("x 1.0.0");
        String first = server.info("1.0.0", State.ELECTED).sha256();
        server.drop(plug("2.0.0"), "a.jar");
        server.serves("x 2.0.0").gone("1.0.0");
        server.plugins.elect(first);
        server.serves("x 1.0.0");
        assertTrue(Files.exists(server.folder().resolve("io.test.plug-1.0.0-" + first.substring(0, 8) + ".jar")));
    }

    @Test
    void aRestartRemembersTheChoice() throws Exception {
        server.deploy();
        server.drop(plug("2.0.0"), "b.jar");
        server.serves("x 2.0.0");
        server.drop(plug("1.0.0"), "a.jar");
        server.serves("x 1.0.0");
        Files.writeString(server.folder().resolve("bad.jar"), "garbage");
        server.rejected("bad.jar");
        server.close();

        server = new Server(home).deploy();
        server.serves("x 1.0.0");
        assertEquals(List.of("none -> x 1.0.0"), server.told);
        server.info("2.0.0", State.STANDBY);
        server.rejected("bad.jar");
    }

    @Test
    void aFileRemovedWhileTheServerWasDownIsForgotten() throws Exception {
        server.deploy();
        server.drop(plug("1.0.0"), "a.jar");
        server.serves("x 1.0.0");
        Path second = server.drop(plug("2.0.0"), "b.jar");
        server.serves("x 2.0.0");
        server.close();
        Files.delete(second);

        server = new Server(home).deploy();
        server.serves("x 1.0.0").gone("2.0.0");
        assertEquals(List.of("none -> x 1.0.0"), server.told);
    }

    @Test
    void aStoppedBundleIsReplacedAndComesBackWhenStarted() throws Exception {
        Bundle one = server.system(plug("1.0.0"));
        Bundle two = server.system(plug("2.0.0"));
        server.deploy().serves("x 2.0.0");
        two.stop();
        server.serves("x 1.0.0");
        two.start();
        server.serves("x 2.0.0");
        assertEquals(List.of("none -> x 2.0.0", "x 2.0.0 -> none", "none -> x 1.0.0", "x 1.0.0 -> x 2.0.0"), server.told);
        assertEquals(Bundle.ACTIVE, one.getState());
    }

    @Test
    void theBundleElectedFirstKeepsAName() throws Exception {
        server.deploy();
        server.drop(plug("1.0.0"), "a.jar");
        server.serves("x 1.0.0");
        Path other = server.drop(PluginJar.of("io.test.other", "3.0.0").offers("x").offers("y"), "b.jar");
        server.serves("y 3.0.0");
        assertEquals("x 1.0.0", server.elected.get("x").service().toString());
        assertEquals("its StreamSource x is not used: io.test.plug 1.0.0 has that name", server.info("3.0.0", State.ELECTED).reason());
        Files.delete(server.folder().resolve("a.jar"));
        server.serves("x 3.0.0");
        assertTrue(server.told.contains("x 1.0.0 -> x 3.0.0"), server.told.toString());
        assertTrue(Files.exists(other));
    }

    @Test
    void aLibraryIsStartedAndItsNewVersionReplacesIt() throws Exception {
        server.deploy();
        PluginJar.of("io.test.page", "1.0.0").first("System.setProperty(\"page\", \"1\");").drop(server.folder(), "page.jar");
        server.info("1.0.0", State.ELECTED);
        PluginJar.of("io.test.page", "2.0.0").first("System.setProperty(\"page\", \"2\");").drop(server.folder(), "page.jar");
        server.info("2.0.0", State.ELECTED);
        server.gone("1.0.0");
        assertEquals("2", System.clearProperty("page"));
        assertFalse(server.plugins.list().isEmpty());
    }
}
