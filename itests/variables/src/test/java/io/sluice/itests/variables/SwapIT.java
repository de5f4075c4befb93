package io.sluice.itests.variables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Source bundles and the engine are replaced, stopped and restarted: values, schedules and histories stay. */
class SwapIT {
    private static final String ENGINE = "io.sluice.variables";
    private static final String SOURCE = "io.sluice.variable.command";

    @TempDir
    static Path folder;
    private static VariableServer server;

    @BeforeAll
    static void start() throws IOException {
        server = VariableServer.start(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close("swap");
    }

    /** A command that prints how often it was run, and that number. */
    private record Counter(String name, Path runs) {
        static Counter define(String name, String... rest) throws IOException {
            Path runs = folder.resolve(name + ".runs");
            Path script = folder.resolve(name + ".sh");
            Files.writeString(script, "echo x >> " + runs + "\nwc -l < " + runs + "\n");
            String[] all = new String[rest.length + 1];
            all[0] = "\"target\": \"sh " + script + "\"";
            System.arraycopy(rest, 0, all, 1, rest.length);
            server.define(name, "command", all);
            return new Counter(name, runs);
        }

        int count() throws IOException {
            return Files.exists(runs) ? (int) Files.lines(runs).count() : 0;
        }

        void awaitMore() throws IOException {
            int before = count();
            Await.until(() -> name + " is read on:\n" + server.variables() + server.server().log(), VariableServer.PATIENCE, () -> count() > before + 2);
        }

        /** Each value came once, in order; an engine that is replaced gives up a reading that takes long. */
        void checkOrder() throws IOException {
            List<Integer> values = values();
            assertEquals(values.stream().sorted().distinct().toList(), values);
        }

        private List<Integer> values() throws IOException {
            return server.changes(name).stream().map(Integer::parseInt).toList();
        }

        /** And none is missing, since the first that is shown. */
        void checkChanges() throws IOException {
            List<Integer> values = values();
            assertEquals(IntStream.range(0, values.size()).map(i -> values.get(0) + i).boxed().toList(), values);
        }
    }

    @Test
    void valuesSchedulesAndHistoryOutliveSwapsStopsAndRestarts() throws IOException {
        Counter often = Counter.define("often", "\"intervalMillis\": 300");
        Counter once = Counter.define("once");
        Counter hourly = Counter.define("hourly", "\"intervalMillis\": 3600000");
        Await.until(() -> "all are read:\n" + server.variables(), VariableServer.PATIENCE, () -> often.count() > 3 && once.count() == 1 && hourly.count() == 1);
        sourceIsSwapped(often);
        engineIsSwapped(often);
        engineIsStopped(often);
        assertEquals(1, once.count(), "no swap is a start");
        assertEquals(1, hourly.count());
        serverIsStopped(often, once, hourly);
        serverIsKilled(once, hourly);
    }

    private void sourceIsSwapped(Counter often) throws IOException {
        server.upgrade(SOURCE);
        often.awaitMore();
        server.downgrade(SOURCE);
        often.awaitMore();
        often.checkChanges();
        assertEquals("", server.variable("often").get("error"));
    }

    private void engineIsSwapped(Counter often) throws IOException {
        for (int i = 0; i < 2; i++) {
            List<String> before = server.changes("often");
            server.upgrade(ENGINE);
            checkNothingIsLost(before);
            often.awaitMore();
            server.downgrade(ENGINE);
            often.awaitMore();
            often.checkOrder();
        }
    }

    /** The last values that were known before are among those known now. */
    private static void checkNothingIsLost(List<String> before) throws IOException {
        List<String> now = server.changes("often");
        String last = before.get(before.size() - 1);
        assertTrue(now.contains(last), () -> last + " is not in " + now);
    }

    private void engineIsStopped(Counter often) throws IOException {
        List<String> before = server.changes("often");
        long id = server.server().bundle(ENGINE);
        server.shell("felix:stop -t " + id);
        Await.until("the page says so", VariableServer.PATIENCE, () -> server.server().getAdmin("/system/console/sluice-variables/live").body().contains("is not running"));
        server.shell("felix:start -t " + id);
        Await.until(() -> "the engine is back: " + server.variables(), VariableServer.PATIENCE, () -> server.variables().contains("often"));
        checkNothingIsLost(before);
        often.awaitMore();
    }

    private void serverIsStopped(Counter often, Counter once, Counter hourly) throws IOException {
        List<String> before = server.changes("often");
        server.server().stop();
        server.again();
        checkNothingIsLost(before);
        assertEquals("1", server.variable("hourly").get("value"));
        Await.until("what is read once is read once more", VariableServer.PATIENCE, () -> once.count() == 2);
        often.awaitMore();
        assertEquals(1, hourly.count(), "its hour is not over");
    }

    private void serverIsKilled(Counter once, Counter hourly) throws IOException {
        Path values = server.home().resolve("data/variables/values.jsonl");
        Await.until("the second reading is written down", VariableServer.PATIENCE, () -> Files.readString(values).lines().anyMatch(l -> l.contains("\"once\"") && l.contains("\"value\":\"2\"")));
        Files.delete(server.file("hourly"));
        server.server().kill();
        server.again();
        Await.until(() -> "a deleted one is gone:\n" + server.variables(), VariableServer.PATIENCE, () -> !server.variables().contains("hourly"));
        Await.until("what is read once is read once more", VariableServer.PATIENCE, () -> once.count() == 3);
        Await.until("and its history goes back to before", VariableServer.PATIENCE, () -> server.changes("once").equals(List.of("1", "2", "3")));
        assertEquals(1, hourly.count());
    }
}
