package io.sluice.format.outbound;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundPolicyTest {
    private static final InetAddress PUBLIC = address("93.184.216.34");

    @ParameterizedTest
    @CsvSource({"93.184.216.34, PUBLIC", "2606:2800:220:1::1, PUBLIC", "127.0.0.1, LOOPBACK", "127.255.255.254, LOOPBACK", "::1, LOOPBACK", "0.0.0.0, UNSPECIFIED", "::, UNSPECIFIED",
        "10.0.0.1, PRIVATE", "172.15.255.255, PUBLIC", "172.16.0.1, PRIVATE", "172.31.255.255, PRIVATE", "172.32.0.0, PUBLIC", "192.168.1.1, PRIVATE", "100.64.0.1, PRIVATE",
        "100.128.0.1, PUBLIC", "fd12:3456::1, PRIVATE", "fec0::1, PRIVATE", "169.254.1.1, LINK_LOCAL", "fe80::1, LINK_LOCAL", "169.254.169.254, METADATA",
        "100.100.100.200, METADATA", "168.63.129.16, METADATA", "192.0.0.192, METADATA", "fd00:ec2::254, METADATA", "224.0.0.1, MULTICAST", "ff02::1, MULTICAST",
        "255.255.255.255, RESERVED", "192.0.2.1, RESERVED", "2001:db8::1, RESERVED", "2001:0:4136:e378::1, RESERVED"})
    void everyAddressHasItsKind(String text, AddressKind kind) {
        assertEquals(kind, AddressKind.of(address(text)));
    }

    @ParameterizedTest
    @CsvSource({"::ffff:127.0.0.1, LOOPBACK", "::127.0.0.1, LOOPBACK", "64:ff9b::a9fe:a9fe, METADATA", "2002:a00:1::1, PRIVATE", "::ffff:0:7f00:1, LOOPBACK", "64:ff9b::5db8:d822, PUBLIC"})
    void addressesThatLeadToOneOfVersion4AreJudgedByIt(String text, AddressKind kind) {
        assertEquals(kind, AddressKind.of(address(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.1.1.1", "169.254.169.254", "fe80::1", "224.0.0.1", "0.0.0.0"})
    void nothingButPublicAddressesIsPermittedByDefault(String text) {
        OutboundPolicy policy = new OutboundPolicy("io.sluice.test", false, List.of());
        String message = assertThrows(OutboundDenied.class, () -> policy.permitted("inner.example", List.of(address(text)))).getMessage();
        assertTrue(message.startsWith("denied by the address policy io.sluice.test: 'inner.example' is " + address(text).getHostAddress()), message);
        assertDoesNotThrow(() -> policy.permitted("outer.example", List.of(PUBLIC)));
    }

    @Test
    void ofSeveralAddressesOnlyThePermittedOnesAreLeft() throws OutboundDenied {
        OutboundPolicy policy = new OutboundPolicy("p", false, List.of());
        assertEquals(List.of(PUBLIC), policy.permitted("mixed.example", List.of(address("127.0.0.1"), PUBLIC)));
    }

    @Test
    void privateAddressesAreOneSwitchAndMetadataIsNotAmongThem() {
        OutboundPolicy policy = new OutboundPolicy("p", true, List.of());
        for (String near : List.of("127.0.0.1", "10.0.0.1", "fe80::1", "::1", "192.168.7.7")) {
            assertDoesNotThrow(() -> policy.permitted(near, List.of(address(near))));
        }
        assertThrows(OutboundDenied.class, () -> policy.permitted("m", List.of(address("169.254.169.254"))));
        assertThrows(OutboundDenied.class, () -> policy.permitted("m", List.of(address("64:ff9b::a9fe:a9fe"))));
    }

    @Test
    void blocksAndHostsAreAllowedByName() {
        OutboundPolicy policy = new OutboundPolicy("p", false, List.of("10.1.0.0/16", " fd00:1::/32 ", "127.0.0.2", "Intra.Example", "*.studio.example", "169.254.169.254", ""));
        for (String fits : List.of("10.1.2.3", "fd00:1::7", "127.0.0.2", "169.254.169.254")) {
            assertDoesNotThrow(() -> policy.permitted("h", List.of(address(fits))));
        }
        for (String not : List.of("10.2.0.1", "fd00:2::7", "127.0.0.1")) {
            assertThrows(OutboundDenied.class, () -> policy.permitted("h", List.of(address(not))));
        }
        for (String host : List.of("intra.example", "INTRA.example", "a.studio.example")) {
            assertDoesNotThrow(() -> policy.permitted(host, List.of(address("10.9.9.9"))));
        }
        for (String host : List.of("studio.example", "xintra.example", "a.intra.example")) {
            assertThrows(OutboundDenied.class, () -> policy.permitted(host, List.of(address("10.9.9.9"))));
        }
    }

    @Test
    void aNameThatIsAllowedDoesNotOpenTheWayToMetadata() {
        OutboundPolicy policy = new OutboundPolicy("p", false, List.of("moving.example"));
        assertThrows(OutboundDenied.class, () -> policy.permitted("moving.example", List.of(address("169.254.169.254"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "gopher://a/", "ftp://a/", "jar:file:x!/", "//host/path", "http:/path", "http://user:pass@host/", "https://user@host/"})
    void onlyPlainHttpUrlsPass(String url) {
        OutboundPolicy policy = new OutboundPolicy("the.policy", true, List.of());
        assertTrue(assertThrows(OutboundDenied.class, () -> policy.check(URI.create(url))).getMessage().contains("the.policy"));
        assertDoesNotThrow(() -> policy.check(URI.create("HTTPS://host:8443/p?q#f")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0/8", "a b", "::/129", "1::2::3/8", "10.0.0.0/x", "/8", "300.1.1.1", "*", "*.*"})
    void entriesThatAreNothingAreRefused(String entry) {
        assertThrows(IllegalArgumentException.class, () -> new OutboundPolicy("p", false, List.of(entry)));
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
