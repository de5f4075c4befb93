package io.sluice.net.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListeningPortTest {
    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aTakenPortIsReportedAndTakenOverWhenItIsFree() throws Exception {
        rig.elect(new LineProtocol("1"), "echo", "echo 1");
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
            rig.listen(new Offer("rtmp", false, false, List.of("echo")), port);
            String problem = rig.net.listeners().get(0).problem();
            assertTrue(problem.startsWith("cannot listen on 127.0.0.1:" + port) && problem.contains("tried again"), problem);
        }
        Rig.until("the port is taken over", () -> rig.net.listeners().get(0).problem().isEmpty());
        assertEquals("127.0.0.1:" + port, rig.net.listeners().get(0).local());
        try (Client c = Rig.connect(port)) {
            assertEquals("1 1 E", c.send("E\n").line());
        }
    }

    @Test
    void aChangedListenerKeepsItsConnectionsAndItsPort() throws Exception {
        rig.elect(new LineProtocol("1"), "echo", "echo 1");
        ListeningPort first = rig.listen("echo");
        int port = first.port();
        try (Client c = Rig.connect(port)) {
            assertEquals("1 1 E", c.send("E\n").line());
            first.stop();
            rig.listen(new Offer("changed", false, false, List.of("echo")), port);
            assertEquals("", rig.net.listeners().get(0).problem());
            assertEquals("1 2 E", c.send("E\n").line());
        }
    }

    @Test
    void noAddressMeansIpv4AndIpv6() throws Exception {
        rig.elect(new LineProtocol("1"), "echo", "echo 1");
        ListeningPort all = new ListeningPort(rig.net, new Offer("all", false, false, List.of("echo")), new InetSocketAddress(0));
        for (String address : List.of("127.0.0.1", "::1")) {
            try (java.net.Socket s = new java.net.Socket(address, all.port())) {
                s.getOutputStream().write("E\n".getBytes());
                assertEquals('1', s.getInputStream().read());
            }
        }
        all.stop();
    }

    @Test
    void aLoopRefusesToBeShutDownAndRunsTasks() throws Exception {
        var loop = rig.loops.next();
        assertThrows(UnsupportedOperationException.class, loop::shutdown);
        assertThrows(UnsupportedOperationException.class, loop::shutdownNow);
        assertTrue(loop.schedule(() -> Thread.currentThread().getName(), 1, TimeUnit.MILLISECONDS).get().startsWith("sluice-loop-"));
    }
}
