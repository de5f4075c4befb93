package io.sluice.config.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ManagedService;

/** What an administrator does, with the real Configuration Admin on the other side. */
class ConfigurationFilesTest {
    private static final String PID = "test.pid";
    private static final String FILE = PID + ".cfg.json";

    @TempDir
    private Path temp;
    private Path home;
    private Path conf;
    private int starts;

    @BeforeEach
    void emptyHome() throws IOException {
        home = Files.createDirectory(temp.resolve("home"));
        conf = Files.createDirectory(home.resolve("conf"));
    }

    private Server start() throws Exception {
        return new Server(home, temp.resolve("cache" + starts++));
    }

    @Test
    void aRestartKeepsWhatTheConsoleSaved() throws Exception {
        String factoryPid;
        try (Server server = start()) {
            server.consoleSave(PID, Map.of("port", 8080, "name", "a \"quoted\" ü", "ratio", 0.5, "on", true, "list", new String[] {"a", "b"}));
            Configuration factory = server.admin().createFactoryConfiguration("test.factory", null);
            factory.update(new Hashtable<>(Map.of("n", 1L)));
            factoryPid = factory.getPid();
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(conf.resolve(FILE))));
        try (Server server = start()) {
            assertEquals(8080, server.value(PID, "port"));
            assertEquals("a \"quoted\" ü", server.value(PID, "name"));
            assertEquals(0.5, server.value(PID, "ratio"));
            assertEquals(true, server.value(PID, "on"));
            assertArrayEquals(new String[] {"a", "b"}, (String[]) server.value(PID, "list"));
            assertEquals(1L, server.value(factoryPid, "n"));
            assertEquals("test.factory", server.listed(factoryPid).getFactoryPid());
        }
    }

    @Test
    void whatAKilledWriteLeftBehindHarmsNothing() throws Exception {
        Server.conf(home, FILE, "{\"n\": 1}");
        Files.writeString(conf.resolve("." + FILE + ".unfinished"), "{\"n\":");
        Files.writeString(conf.resolve("notes.txt"), "not ours");
        try (Server server = start()) {
            assertEquals(1L, server.value(PID, "n"));
            server.consoleSave(PID, Map.of("n", 2L));
        }
        try (Server server = start()) {
            assertEquals(2L, server.value(PID, "n"));
        }
        try (var files = Files.list(conf)) {
            assertEquals(List.of("notes.txt", FILE), files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void aHandEditANewFileAndADeletedFileAreNoticedAndNotRewritten() throws Exception {
        Server.conf(home, FILE, "{\"n\": 1}");
        try (Server server = start()) {
            assertEquals(1L, server.value(PID, "n"));
            String edited = "{\n  // by hand\n  \"n:Integer\": 2, }\n";
            Server.conf(home, FILE, edited);
            Server.await("the edit", () -> Integer.valueOf(2).equals(server.value(PID, "n")));
            assertEquals(2, server.admin().getConfiguration(PID, "?").getProperties().get("n"));
            assertEquals(edited, Files.readString(conf.resolve(FILE)));

            Server.conf(home, "test.factory~blue.cfg.json", "{\"n\": 3}");
            Server.await("the new file", () -> Long.valueOf(3).equals(server.value("test.factory~blue", "n")));
            assertEquals("test.factory", server.listed("test.factory~blue").getFactoryPid());

            Files.delete(conf.resolve("test.factory~blue.cfg.json"));
            Server.await("the deletion", () -> server.listed("test.factory~blue") == null);

            server.listed(PID).delete();
            assertTrue(Files.notExists(conf.resolve(FILE)));
            assertNull(server.listed(PID));
        }
    }

    @Test
    void aBrokenFileLeavesTheLastGoodValuesInUseUntilItIsPutRight() throws Exception {
        Server.conf(home, FILE, "{\"n\": 1}");
        try (Server server = start()) {
            Server.conf(home, FILE, "{\n  \"n\": 2,\n  \"m\" 3\n}");
            Server.conf(home, "other.cfg.json", "{\"n\": 1}");
            Server.await("the other file", () -> server.value("other", "n") != null);
            assertEquals(1L, server.value(PID, "n"));
            Server.conf(home, FILE, "{\"n\": 4}");
            Server.await("the repaired file", () -> Long.valueOf(4).equals(server.value(PID, "n")));
        }
    }

    @Test
    void aSaveOverABrokenFileSetsItAside() throws Exception {
        Server.conf(home, FILE, "{\"n\": ");
        try (Server server = start()) {
            assertNull(server.listed(PID));
            server.consoleSave(PID, Map.of("n", 5L));
            assertEquals("{\"n\": ", Files.readString(conf.resolve(FILE + ".broken")));
            assertEquals("{\n  \"n\": 5\n}\n", Files.readString(conf.resolve(FILE)));
        }
    }

    @Test
    void placeholdersSurviveASaveOfThemselvesAndOfTheValueTheyStandFor() throws Exception {
        Server.conf(home, FILE, """
            {
              "port": "$[prop:test.port]",
              "text": "$[env:SLUICE_NOT_SET_IN_TESTS;default=]",
              "list": ["x", "port $[prop:test.port]"],
              "other": "a"
            }
            """);
        try (Server server = start()) {
            assertEquals("1234", server.processed(PID).get("port"));
            assertEquals("", server.processed(PID).get("text"));
            // raw, as Felix's console shows and saves it
            server.consoleSave(PID, Map.of("port", "$[prop:test.port]", "text", "$[env:SLUICE_NOT_SET_IN_TESTS;default=]", "list", new String[] {"x", "port $[prop:test.port]"},
                "other", "b"));
            // filled in, as a component knows it; a number of a type
            server.consoleSave(PID, Map.of("port", 1234, "text", "", "list", new String[] {"y", "port 1234"}, "other", "c"));
        }
        assertEquals("""
            {
              "port": "$[prop:test.port]",
              "text": "$[env:SLUICE_NOT_SET_IN_TESTS;default=]",
              "list": ["y", "port $[prop:test.port]"],
              "other": "c"
            }
            """, Files.readString(conf.resolve(FILE)));
        try (Server server = start()) {
            server.consoleSave(PID, Map.of("port", 4321));
            assertEquals("{\n  \"port:Integer\": 4321\n}\n", Files.readString(conf.resolve(FILE)));
        }
    }

    @Test
    void aSaveThatChangesNothingLeavesTheFileAlone() throws Exception {
        String text = "{\"n\": 1, /* ports */ \"list\": [\"a\"]}";
        Server.conf(home, FILE, text);
        try (Server server = start()) {
            server.consoleSave(PID, Map.of("n", 1, "list", new String[] {"a"}));
            assertEquals(text, Files.readString(conf.resolve(FILE)));
        }
    }

    @Test
    void aSaveFailsWhenTheDiskDoesAndTheOldValuesStay() throws Exception {
        Server.conf(home, FILE, "{\"n\": 1}");
        try (Server server = start()) {
            Path away = Files.move(conf, home.resolve("away"));
            IOException failure = assertThrows(IOException.class, () -> server.consoleSave(PID, Map.of("n", 2L)));
            assertTrue(failure.getMessage().contains("nothing was changed"), failure.getMessage());
            assertEquals(1L, server.value(PID, "n"));
            Files.move(away, conf);
            server.consoleSave(PID, Map.of("n", 3L));
            assertEquals(3L, server.value(PID, "n"));
        }
        assertEquals("{\n  \"n\": 3\n}\n", Files.readString(conf.resolve(FILE)));
    }

    @Test
    void anEditThatIsNotInUseYetIsNotOverwritten() throws Exception {
        Server.conf(home, FILE, "{\"n\": 1}");
        ConfStore store = new ConfStore(new ConfFolder(conf), new Placeholders(() -> null));
        Server.conf(home, FILE, "{\"n\": 22}");
        assertThrows(IOException.class, () -> store.store(PID, new Hashtable<>(Map.of("n", 3L))));
        assertEquals("{\"n\": 22}", Files.readString(conf.resolve(FILE)));
    }

    @Test
    void twoVersionsOfABundleBothGetWhatTheConsoleSaves() throws Exception {
        try (Server server = start()) {
            List<Object> older = receiver(server.bundle("plugin", "1.0.0"));
            List<Object> newer = receiver(server.bundle("plugin", "2.0.0"));
            for (long n = 1; n <= 3; n++) {
                long value = n;
                server.consoleSave(PID, Map.of("n", value));
                Server.await("both versions to get " + value, () -> older.contains(value) && newer.contains(value));
                assertEquals("?", server.listed(PID).getBundleLocation());
            }
            Server.conf(home, FILE, "{\"n\": 9}");
            Server.await("both versions to get the edit", () -> older.contains(9L) && newer.contains(9L));
            List<Object> late = receiver(server.bundle("plugin", "3.0.0"));
            Server.await("a third version to get what is in use", () -> late.contains(9L));
        }
    }

    private static List<Object> receiver(Bundle bundle) {
        List<Object> received = new CopyOnWriteArrayList<>();
        ManagedService service = properties -> received.add(properties == null ? "nothing" : properties.get("n"));
        bundle.getBundleContext().registerService(ManagedService.class, service, new Hashtable<>(Map.of("service.pid", PID)));
        return received;
    }

    @Test
    void everyKindOfValueComesBackAsItWas() throws Exception {
        Map<String, Object> values = Map.of("int", new int[] {1, 2}, "bytes", new byte[] {1}, "collection", List.of(1, 2), "floats", new Float[] {1.5f}, "short", (short) 3,
            "char", 'x', "empty", new String[0], "odd:Integer", "text", "big", Long.MAX_VALUE, "nan", Double.NaN);
        try (Server server = start()) {
            server.consoleSave(PID, values);
        }
        try (Server server = start()) {
            values.forEach((key, value) -> {
                Object back = assertValue(server, key);
                assertTrue(Values.same(value, back) && (value.getClass() == back.getClass() || value instanceof List), key + ": " + Arrays.deepToString(new Object[] {back}));
            });
        }
    }

    private static Object assertValue(Server server, String key) {
        try {
            return server.value(PID, key);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
