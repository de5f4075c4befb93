package io.sluice.sessions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.session.ConnectionKind;
import io.sluice.api.stream.Denied;
import io.sluice.sessions.internal.limit.Limit;
import io.sluice.sessions.internal.limit.Scope;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private void limit(Scope scope, String pattern, int sessions, long kbps, boolean hard) {
        rig.limits = List.of(new Limit("test", scope, pattern, sessions, kbps, hard, Set.of(ConnectionKind.VIEWER)));
        rig.start();
    }

    @Test
    void aStreamHasItsPlacesAndTheyBecomeFreeAgain() {
        limit(Scope.STREAM, "cam-*", 2, 0, true);
        rig.enter(Ledger.facts(ConnectionKind.INPUT, "cam-1", "10.0.0.9", "rtmp", 1, "rtmp://h", ""));
        Guest first = rig.viewer("cam-1", "10.0.0.1", "rtmp", 2, "");
        rig.viewer("cam-1", "10.0.0.2", "rtmp", 3, "");
        Denied denied = assertThrows(Denied.class, () -> rig.viewer("cam-1", "10.0.0.3", "rtmp", 4, ""));
        assertEquals(Denied.Reason.LIMIT, denied.reason());
        assertEquals("the limit of 2 sessions of stream cam-1 is reached", denied.getMessage());
        rig.pass(1);
        assertThrows(Denied.class, () -> rig.viewer("cam-1", "10.0.0.3", "rtmp", 5, ""));
        rig.viewer("cam-2", "10.0.0.3", "rtmp", 6, "");
        rig.viewer("other", "10.0.0.3", "rtmp", 7, "");
        rig.close(first);
        rig.pass(16);
        rig.viewer("cam-1", "10.0.0.3", "rtmp", 8, "");
    }

    @Test
    void aConnectionOfASessionThatIsThereIsNotCounted() {
        limit(Scope.ALL, "*", 1, 0, true);
        rig.viewer("live", "10.0.0.1", "hls", 1, "a");
        rig.viewer("live", "10.0.0.1", "hls", 2, "a");
        assertThrows(Denied.class, () -> rig.viewer("live", "10.0.0.1", "hls", 3, "b"));
    }

    @Test
    void anAddressHasItsPlaces() {
        limit(Scope.ADDRESS, "*", 1, 0, true);
        rig.viewer("live", "10.0.0.1", "hls", 1, "a");
        assertThrows(Denied.class, () -> rig.viewer("live", "10.0.0.1", "hls", 2, "b"));
        rig.viewer("live", "10.0.0.2", "hls", 3, "b");
    }

    @Test
    void aSoftLimitDeniesNobody() {
        limit(Scope.ALL, "*", 1, 1, false);
        rig.viewer("live", "10.0.0.1", "hls", 1, "a");
        rig.viewer("live", "10.0.0.1", "hls", 2, "b");
        rig.pass(1);
    }

    @Test
    void bandwidthKeepsNewSessionsOut() {
        limit(Scope.STREAM, "*", 0, 1000, true);
        Guest heavy = rig.viewer("live", "10.0.0.1", "rtmp", 1, "");
        stream(heavy, 250_000, 30);
        assertThrows(Denied.class, () -> rig.viewer("live", "10.0.0.2", "rtmp", 2, ""));
        rig.viewer("other", "10.0.0.2", "rtmp", 3, "");
        assertNull(heavy.endReason, "who is in stays");
        rig.pass(60);
        rig.viewer("live", "10.0.0.2", "rtmp", 4, "");
    }

    @Test
    void aSessionAboveItsOwnLimitIsEnded() {
        limit(Scope.SESSION, "*", 0, 1000, true);
        Guest heavy = rig.viewer("live", "10.0.0.1", "rtmp", 1, "");
        Guest light = rig.viewer("live", "10.0.0.2", "rtmp", 2, "");
        for (int i = 0; i < 30 && heavy.endReason == null; i++) {
            rig.move(light, 0, 100_000);
            stream(heavy, 250_000, 1);
        }
        assertEquals("the limit of 1000 kbit/s for a session is exceeded", heavy.endReason);
        assertNull(light.endReason);
    }

    private void stream(Guest guest, long bytesASecond, int seconds) {
        for (int i = 0; i < seconds; i++) {
            rig.move(guest, 0, bytesASecond);
            rig.pass(1);
        }
    }
}
