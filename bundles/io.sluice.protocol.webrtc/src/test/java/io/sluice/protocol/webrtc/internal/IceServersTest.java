package io.sluice.protocol.webrtc.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class IceServersTest {
    @Test
    void linksAreAsRfc9725Shows() {
        assertEquals("<stun:stun.example.net>; rel=\"ice-server\"", IceServers.link("stun:stun.example.net"));
        assertEquals("<turn:turn.example.net?transport=udp>; rel=\"ice-server\"; username=\"user\"; credential=\"pass\"; credential-type=\"password\"",
            IceServers.link(" turn:turn.example.net?transport=udp user pass "));
    }

    @Test
    void nothingBreaksOutOfTheHeader() {
        assertEquals("<turn:x>; rel=\"ice-server\"; username=\"ab\"; credential=\"cd\"; credential-type=\"password\"", IceServers.link("turn:x> a\"b c\\d"));
    }
}
