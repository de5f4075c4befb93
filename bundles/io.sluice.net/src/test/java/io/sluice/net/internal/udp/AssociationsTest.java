package io.sluice.net.internal.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.net.Connections.Info;
import io.sluice.api.net.DatagramProtocol;
import io.sluice.net.internal.FakePlugins.Version;
import io.sluice.net.internal.Rig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AssociationsTest {
    private final UdpRig udp = new UdpRig(4, 600);
    private final CountProtocol a = new CountProtocol("a");
    private final CountProtocol b = new CountProtocol("b");
    private final Version<DatagramProtocol> versionA = udp.elect(a);

    @AfterEach
    void stop() throws Exception {
        udp.close();
    }

    @Test
    void anIntroducedPeerIsKnownByItsKeyAndThenByItsAddress() throws Exception {
        udp.get("/introduce?key=k1");
        try (UdpRig.Peer peer = udp.peer()) {
            assertEquals("who are you", peer.ask("k1:what"));
            assertEquals("a 1 hello", peer.ask("k1:hello"));
            assertEquals("a 2 anything", peer.ask("anything"));
            Info info = udp.associations.list().iterator().next();
            assertTrue(udp.rig.net.list().stream().anyMatch(c -> c.id() == info.id()));
            assertEquals("127.0.0.1:" + peer.port(), info.remote());
            assertEquals("count", info.protocol());
        }
    }

    @Test
    void aPeerThatMovesIsFollowedAndItsOldAddressIsNobodys() throws Exception {
        udp.get("/introduce?key=k1");
        try (UdpRig.Peer old = udp.peer(); UdpRig.Peer now = udp.peer(); UdpRig.Peer third = udp.peer()) {
            assertEquals("a 1 hello", old.ask("k1:hello"));
            assertEquals("who are you", now.ask("k1:let me in"));
            assertEquals("a 2 still", old.ask("still"));
            assertEquals("a 3 hello", now.ask("k1:hello"));
            old.send("nothing comes of this");
            assertEquals("a 4 here", now.ask("here"));
            assertEquals("who are you", third.ask("k1:or me"));
        }
    }

    @Test
    void severalDatagramsGoInOneBuffer() throws Exception {
        udp.get("/introduce?key=k1");
        try (UdpRig.Peer peer = udp.peer()) {
            peer.ask("k1:hello");
            assertEquals("aaaa", peer.ask("three"));
            assertEquals("bbbb", peer.receive());
            assertEquals("cc", peer.receive());
        }
    }

    @Test
    void aNewcomerIsOpenedWhereTheProtocolSaysSo() throws Exception {
        try (UdpRig.Peer peer = udp.peer()) {
            assertEquals("a 1 words", peer.ask("new:words"));
        }
    }

    @Test
    void strangersCostNothing() throws Exception {
        try (UdpRig.Peer peer = udp.peer()) {
            for (int i = 0; i < 200; i++) {
                peer.send("k" + i + ":nobody");
            }
            udp.get("/introduce?key=k1");
            assertEquals("a 1 hello", peer.ask("k1:hello"));
            assertEquals(1, udp.associations.size());
        }
    }

    @Test
    void anotherVersionGoesOnWhereTheOldOneWas() throws Exception {
        udp.get("/introduce?key=k1");
        try (UdpRig.Peer peer = udp.peer()) {
            assertEquals("a 1 hello", peer.ask("k1:hello"));
            a.movable.set(false);
            Version<DatagramProtocol> versionB = udp.elect(b);
            assertEquals("a 2 not yet", peer.ask("not yet"));
            a.movable.set(true);
            Rig.until("it has moved", () -> udp.associations.list().iterator().next().handovers() == 1);
            assertEquals("b 3 now", peer.ask("now"));
            Rig.until("the old version is free", () -> versionA.uses().get() == 0);
            assertEquals(1, versionB.uses().get());
            assertEquals(0, a.closed.get());
        }
    }

    @Test
    void whoIsParkedGoesOnWithTheNextVersion() throws Exception {
        udp.get("/introduce?key=k1");
        try (UdpRig.Peer peer = udp.peer()) {
            assertEquals("a 1 hello", peer.ask("k1:hello"));
            udp.withdraw();
            Rig.until("it is parked", () -> udp.associations.list().iterator().next().plugin().equals("parked"));
            Rig.until("the old version is free", () -> versionA.uses().get() == 0);
            udp.elect(b);
            Rig.until("it goes on", () -> udp.associations.list().iterator().next().handovers() == 1);
            assertEquals("b 2 back", peer.ask("back"));
        }
    }

    @Test
    void whoDoesNotComeIsForgotten() throws Exception {
        try (UdpRig impatient = new UdpRig(4, 1)) {
            impatient.elect(b);
            impatient.get("/introduce?key=k1");
            Rig.until("it is forgotten", () -> impatient.associations.size() == 0);
            Rig.until("its handler is told", () -> b.closed.get() == 1);
        }
    }

    @Test
    void limitsAndTakenKeysAreSaid() throws Exception {
        assertTrue(udp.get("/introduce?key=k1").matches("\\d+"));
        assertTrue(udp.get("/introduce?key=k1").contains("the key is taken"));
        udp.get("/introduce?key=k2");
        udp.get("/introduce?key=k3");
        udp.get("/introduce?key=k4");
        assertTrue(udp.get("/introduce?key=k5").contains("maxAssociations"));
    }

    @Test
    void publicAddressesAreThoseThatAreConfigured() throws Exception {
        assertTrue(udp.get("/addresses").matches("\\[/127\\.0\\.0\\.1:\\d+]"));
        try (UdpRig behind = new UdpRig(4, 600, "203.0.113.7", "media.example.net:7000", "[2001:db8::7]:7001")) {
            String addresses = behind.get("/addresses");
            assertTrue(addresses.contains("203.0.113.7:"), addresses);
            assertTrue(addresses.contains("media.example.net") && addresses.contains(":7000"), addresses);
            assertTrue(addresses.contains("2001:db8:0:0:0:0:0:7]:7001"), addresses);
        }
        assertFalse(udp.associations.owns((io.sluice.api.net.Connection) null));
    }
}
