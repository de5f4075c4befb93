package io.sluice.net.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SniffingTest {
    private final Rig rig = new Rig();
    private final LineProtocol echo = new LineProtocol("1");

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void twoProtocolsAndHttpShareOnePort() throws Exception {
        rig.elect(echo, "echo", "echo 1");
        rig.elect(new LineProtocol("other", 'O'), "other", "other 1");
        int port = rig.port(false, "other", "http", "echo");
        try (Client a = Rig.connect(port); Client b = Rig.connect(port); Client c = Rig.connect(port)) {
            assertEquals("1 1 Eins", a.send("Eins\n").line());
            assertEquals("other 1 Oans", b.send("Oans\n").line());
            assertEquals(415, c.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").response(false).status());
            assertEquals("[echo, http/1.1, other]", rig.net.list().stream().map(i -> i.protocol()).sorted().toList().toString());
            assertEquals(1, rig.net.list().stream().filter(i -> i.plugin().equals("echo 1")).count());
        }
        Rig.until("all connections are gone", () -> rig.net.list().isEmpty());
    }

    @Test
    void whoSpeaksNothingThatIsOfferedIsClosed() throws Exception {
        rig.elect(echo, "echo", "echo 1");
        try (Client c = Rig.connect(rig.port(false, "echo", "http"))) {
            assertTrue(c.send("\1\2\3").ended());
        }
    }

    @Test
    void aWithdrawnProtocolTakesNoNewConnections() throws Exception {
        rig.elect(echo, "echo", "echo 1");
        int port = rig.port(false, "echo");
        try (Client old = Rig.connect(port); Client late = Rig.connect(port)) {
            assertEquals("1 1 E", old.send("E\n").line());
            rig.stop("echo");
            assertTrue(late.send("E\n").ended());
            rig.elect(echo, "echo", "echo 1");
            assertEquals("1 2 E", old.send("E\n").line());
        }
    }

    @Test
    void whatStaysUndecodedIsBounded() throws Exception {
        rig.elect(echo, "echo", "echo 1");
        try (Client c = Rig.connect(rig.port(false, "echo"))) {
            c.send("E".repeat(65 << 10));
            assertNull(c.line());
        }
    }

    @Test
    void theLimitOfOneAddressRefusesTheNewcomer() throws Exception {
        rig.elect(echo, "echo", "echo 1");
        int port = rig.port(false, "echo");
        Client[] clients = new Client[40];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = Rig.connect(port);
            assertEquals("1 1 E", clients[i].send("E\n").line());
        }
        try (Client refused = Rig.connect(port)) {
            assertTrue(refused.ended());
        }
        assertTrue(rig.net.close(rig.net.list().get(0).id(), "tested"));
        assertTrue(clients[0].ended());
        clients[0].close();
        Rig.until("there is room", () -> rig.net.list().size() == 39);
        try (Client next = Rig.connect(port)) {
            assertEquals("1 1 E", next.send("E\n").line());
        }
        for (Client c : clients) {
            c.close();
        }
    }
}
