package io.sluice.net.internal;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.WriteBufferWaterMark;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class ConnectionRegistryTest {
    private static final NetSettings LIMITS = new NetSettings(3, 2, 1, new WriteBufferWaterMark(1, 2), 1, 1, 1, TrustedProxies.NONE, null, null);
    private final ConnectionRegistry registry = new ConnectionRegistry();

    private static InetAddress address(int last) throws Exception {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    @Test
    void anAddressHasSoManyAndAllTogetherToo() throws Exception {
        assertNull(registry.enter(address(1), LIMITS));
        assertNull(registry.enter(address(1), LIMITS));
        assertTrue(registry.enter(address(1), LIMITS).contains("maxConnectionsPerAddress"));
        assertNull(registry.enter(address(2), LIMITS));
        assertTrue(registry.enter(address(3), LIMITS).contains("maxConnections allows"));
        registry.leave(address(1));
        assertNull(registry.enter(address(3), LIMITS));
    }
}
