package io.sluice.dtls.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.dtls.DtlsHandler;
import io.sluice.api.dtls.DtlsTransport;
import io.sluice.api.net.Handle;
import io.sluice.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bouncycastle.tls.DTLSTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DtlsSessionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DtlsService service = new DtlsService(a -> true, 4, 60_000);
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final DatagramPipe client = new DatagramPipe(this::toServer);
    private final FakeAssociation association = new FakeAssociation(client::offer);
    private final List<byte[]> received = new CopyOnWriteArrayList<>();
    private volatile DtlsTransport transport;
    private volatile boolean lossy;
    private int sent;

    @AfterEach
    void stop() {
        client.close();
        association.close();
        service.stop();
    }

    private final DtlsHandler handler = new DtlsHandler() {
        @Override
        public void ready() {
            events.add("ready");
        }

        @Override
        public void packet(ByteBuf packet) {
            received.add(ByteBufUtil.getBytes(packet));
        }

        @Override
        public void closed(String reason) {
            events.add(reason);
        }
    };

    private void toServer(byte[] datagram) {
        if (!lossy || sent++ % 3 != 0) {
            association.loop().execute(() -> transport.received(Unpooled.wrappedBuffer(datagram)));
        }
    }

    private DTLSTransport connect(TestClient with, String fingerprint) throws Exception {
        transport = onLoop(() -> service.accept(association, fingerprint, handler));
        return with.connect(client);
    }

    private <T> T onLoop(Callable<T> call) throws Exception {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return call.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }, association.loop()).get();
    }

    @Test
    void aPeerOfTheRightFingerprintAndWeHaveTheSameKeys() throws Exception {
        for (int[] offered : new int[][] {{1, 8, 7}, {1}}) {
            events.clear();
            received.clear();
            TestClient peer = new TestClient(offered);
            connect(peer, peer.fingerprint());
            assertEquals(service.fingerprint(), peer.server());
            assertEquals(offered.length == 1 ? SrtpProfile.AES_CM_128_HMAC_SHA1_80 : SrtpProfile.AEAD_AES_128_GCM, peer.agreed());
            byte[] packet = Arrays.copyOf(new byte[] {(byte) 0x80, 96, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4, 42}, 64);
            int sealed = peer.sender().protect(packet, 13);
            toServer(Arrays.copyOf(packet, sealed));
            toServer(Arrays.copyOf(packet, sealed));
            Await.until("the packet is there", PATIENCE, () -> received.size() == 1 && events.equals(List.of("ready")));
            assertEquals(42, received.get(0)[12]);
            Await.until("the replay is counted", PATIENCE, () -> onLoop(() -> transport.rejected() == 1));
            ByteBuf out = Unpooled.buffer();
            assertTrue(onLoop(() -> transport.protect(Unpooled.wrappedBuffer(packet, 0, 12), Unpooled.wrappedBuffer(new byte[] {7}), out)));
            byte[] answer = ByteBufUtil.getBytes(out);
            assertEquals(13, peer.receiver().open(answer, answer.length));
            assertEquals(7, answer[12]);
        }
    }

    @Test
    void theGoodbyeIsHeard() throws Exception {
        TestClient peer = new TestClient(7);
        DTLSTransport connected = connect(peer, peer.fingerprint());
        Await.until("it is ready", PATIENCE, () -> events.equals(List.of("ready")));
        connected.close();
        Await.until("the goodbye is heard", PATIENCE, () -> events.contains("the peer has closed"));
    }

    @Test
    void lossesAreRepaired() throws Exception {
        lossy = true;
        TestClient peer = new TestClient(7);
        connect(peer, peer.fingerprint());
        Await.until("it is ready", PATIENCE, () -> events.equals(List.of("ready")));
    }

    @Test
    void anotherFingerprintIsRefused() {
        TestClient peer = new TestClient(7);
        assertThrows(IOException.class, () -> connect(peer, new TestClient(7).fingerprint()));
        Await.until(() -> "it says why: " + events, PATIENCE, () -> events.size() == 1 && events.get(0).contains("fingerprint"));
    }

    @Test
    void aPeerWithoutAProfileIsRefused() {
        TestClient plain = new TestClient();
        assertThrows(IOException.class, () -> connect(plain, plain.fingerprint()));
        Await.until(() -> "it says why: " + events, PATIENCE, () -> events.size() == 1 && events.get(0).contains("profile"));
    }

    @Test
    void aFingerprintThatIsNoneIsRefused() {
        for (String wrong : List.of("", "sha-256", "md5 AB:CD", "sha-1 " + "AB:".repeat(19) + "AB", "sha-256 AB:CD", "sha-256 " + "XY:".repeat(31) + "XY")) {
            assertThrows(IllegalArgumentException.class, () -> service.accept(association, wrong, handler), wrong);
        }
    }

    @Test
    void aHandleOpensItsOwnAssociationsTransportOnly() throws Exception {
        TestClient peer = new TestClient(7);
        connect(peer, peer.fingerprint());
        assertEquals(transport, onLoop(() -> service.transport(transport.handle(), association, handler)));
        try (FakeAssociation other = new FakeAssociation(d -> { })) {
            assertThrows(IllegalArgumentException.class, () -> service.transport(transport.handle(), other, handler));
        }
        assertThrows(IllegalArgumentException.class, () -> service.transport(new Handle(4711), association, handler));
        association.end();
        Await.until("it is gone with its association", PATIENCE, () -> onLoop(() -> {
            try {
                service.transport(transport.handle(), association, handler);
                return false;
            } catch (IllegalArgumentException gone) {
                return true;
            }
        }));
    }
}
