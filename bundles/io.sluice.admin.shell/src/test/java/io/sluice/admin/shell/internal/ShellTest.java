package io.sluice.admin.shell.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.admin.shell.client.ShellClientDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Gogo behind the real socket, asked by the real client. */
class ShellTest {
    @TempDir
    Path folder;
    private final Facts facts = new Facts();
    private final ThreadIOImpl io = new ThreadIOImpl();
    private Path path;
    private ShellSocket socket;

    @BeforeEach
    void open() throws IOException {
        io.start();
        CommandProcessorImpl gogo = new CommandProcessorImpl(io);
        add(gogo, new StreamCommands(facts.streams(), facts), "streams", "stream", "readers", "feeds");
        add(gogo, new ConnectionCommands(facts), "connections", "listeners", "close");
        add(gogo, new PluginCommands(facts.plugins()), "plugins", "elect");
        SessionCommands sessions = new SessionCommands();
        sessions.sessions = facts.sessions();
        add(gogo, sessions, "sessions");
        path = folder.resolve("data/shell.sock");
        Files.createDirectories(path.getParent());
        Files.writeString(path, "left over by a crash");
        socket = new ShellSocket(path, gogo);
    }

    private static void add(CommandProcessorImpl gogo, Object target, String... functions) {
        for (String f : functions) {
            gogo.addCommand("sluice", target, f);
        }
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        io.stop();
    }

    private ShellClientDriver.Answer ask(String... command) {
        return ShellClientDriver.ask(path.toString(), "", command);
    }

    @Test
    void onlyTheServersUserMayOpenTheSocket() throws IOException {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        try (Stream<Path> left = Files.list(path.getParent())) {
            assertEquals(List.of(path), left.toList());
        }
        socket.close();
        assertFalse(Files.exists(path));
    }

    @Test
    void streamsAreATable() {
        ShellClientDriver.Answer a = ask("sluice:streams");
        assertEquals(0, a.status(), a.out());
        String[] lines = a.out().split("\n");
        assertEquals("STREAM  STATE  FOR        VIEWERS  RATE        TRACKS                             FROM                 PROBLEM", lines[0]);
        assertEquals("mine    LIVE   1 min 5 s        1  4.2 Mbit/s  H.264 1280x720, AAC 48000 Hz 2 ch  rtmp 127.0.0.1:5000  no key frame for 10 s", lines[1]);
        assertTrue(a.out().contains("OPEN: anybody may publish"));
    }

    @Test
    void everyCommandAnswers() {
        assertTrue(ask("stream", "mine").out().contains("last key frame"));
        assertTrue(ask("readers").out().contains("demo"));
        assertFalse(ask("readers", "mine").out().contains("demo"));
        assertTrue(ask("feeds").out().contains("MUXED BY"));
        assertTrue(ask("listeners").out().contains("port 1935 is taken"));
        assertTrue(ask("plugins").out().contains("abababababab"));
        assertTrue(ask("connections | grep publish").status() == 1, "grep is not there, and that is said");
        assertEquals("connection 12 is closed\n", ask("close", "12").out());
        assertEquals("io.sluice.protocol.rtmp 1.1.0 is ELECTED\n", ask("elect", "abab").out());
        assertEquals(List.of("close 12 closed by the operator", "elect abab"), facts.done);
    }

    @Test
    void sessionsAreListedEndedAndTagged() {
        assertTrue(ask("sessions").out().contains("cafe"), ask("sessions").out());
        assertFalse(ask("sessions").out().contains("secret"));
        assertTrue(ask("sessions list stream other").out().contains("there is no such session"));
        assertEquals("1 ended\n", ask("sessions", "stop", "stream", "mine").out());
        assertEquals("0 asked again\n", ask("sessions", "invalidate", "tag", "none").out());
        assertTrue(ask("sessions", "tag", "ca", "vip").out().endsWith(" has the tag vip\n"));
        assertEquals(1, ask("sessions", "stop").status(), "never all by accident");
        assertEquals(List.of("stop", "tag vip"), facts.done);
    }

    @Test
    void whatFailsSaysWhyAndHasAStatus() {
        ShellClientDriver.Answer a = ask("close 99");
        assertEquals("there is no connection 99; sluice:connections lists them\n", a.out());
        assertEquals(1, a.status());
        assertEquals(1, ask("stream", "nosuch").status());
        assertTrue(ask("nosuchcommand").out().contains("nosuchcommand"));
    }

    @Test
    void aConversationKeepsItsVariables() {
        ShellClientDriver.Answer a = ShellClientDriver.ask(path.toString(), "x = 12\nclose $x\nexit\n");
        assertTrue(a.out().endsWith("connection 12 is closed\n"), a.out());
        assertEquals(0, a.status());
    }

    @Test
    void withoutAServerTheClientSaysSo() throws IOException {
        socket.close();
        ShellClientDriver.Answer a = ask("streams");
        assertEquals(2, a.status());
        assertTrue(a.err().startsWith("no server answers at " + path), a.err());
    }
}
