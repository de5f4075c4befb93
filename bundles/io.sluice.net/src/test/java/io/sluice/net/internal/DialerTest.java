package io.sluice.net.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslProvider;
import io.sluice.api.net.Account;
import io.sluice.api.net.Connection;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.DialRequest;
import io.sluice.net.internal.dial.Dialling;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialerTest {
    private static final String HERE = "127.0.0.1";
    private final Rig rig = new Rig();
    private final Dialling dialling = new Dialling(rig.loops, new DialConfigs(true, "", ""));
    private final BundleDialer dialer = new BundleDialer(rig.net, dialling, "io.sluice.test.caller 1.0.0");
    private final Talk talk = new Talk();

    @AfterEach
    void stop() {
        rig.close();
    }

    /** Keeps what it hears. */
    private static final class Talk implements ConnectionHandler, Account {
        final StringBuffer heard = new StringBuffer();
        final AtomicInteger wakes = new AtomicInteger();
        final CompletableFuture<Void> closed = new CompletableFuture<>();
        final AtomicLong in = new AtomicLong();
        final AtomicLong out = new AtomicLong();
        volatile boolean reads = true;

        @Override
        public void received(ByteBuf bytes) {
            heard.append(bytes.readCharSequence(bytes.readableBytes(), StandardCharsets.UTF_8));
        }

        @Override
        public void writable() {
            wakes.incrementAndGet();
        }

        @Override
        public void closed() {
            closed.complete(null);
        }

        @Override
        public void in(long bytes) {
            in.addAndGet(bytes);
        }

        @Override
        public void out(long bytes) {
            out.addAndGet(bytes);
        }
    }

    private DialRequest to(String host, int port, boolean tls) {
        return new DialRequest(host, port, tls, "echo", rig.loops.next(), talk, 5000);
    }

    private CompletableFuture<Connection> dial(String host, int port, boolean tls) {
        return dialer.dial(to(host, port, tls), c -> talk).toCompletableFuture();
    }

    private static String problem(CompletableFuture<Connection> dialled) {
        return assertThrows(ExecutionException.class, () -> dialled.get(10, TimeUnit.SECONDS)).getCause().getMessage();
    }

    private static void say(Connection c, String text) {
        c.loop().execute(() -> c.write(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)));
    }

    @Test
    void aDialledConnectionIsLikeOneThatCame() throws Exception {
        try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Connection c = dial(HERE, peer.getLocalPort(), false).get(10, TimeUnit.SECONDS);
            try (Socket socket = peer.accept()) {
                say(c, "hello");
                assertEquals("hello", new String(socket.getInputStream().readNBytes(5), StandardCharsets.UTF_8));
                socket.getOutputStream().write("you".getBytes(StandardCharsets.UTF_8));
                Rig.until("it hears", () -> talk.heard.toString().equals("you"));
                Rig.until("its bytes are counted", () -> talk.in.get() == 3 && talk.out.get() == 5);
                var info = rig.net.list().get(0);
                assertEquals("dialled echo io.sluice.test.caller 1.0.0 3 5",
                    info.listener() + " " + info.protocol() + " " + info.plugin() + " " + info.bytesIn() + " " + info.bytesOut());
                assertTrue(rig.net.owns(c));
                c.close("enough");
                assertEquals(-1, socket.getInputStream().read());
            }
            talk.closed.get(10, TimeUnit.SECONDS);
            Rig.until("nothing is left", () -> rig.net.list().isEmpty());
        }
    }

    @Test
    void aPeerThatReadsNothingMakesItUnwritableUntilItReads() throws Exception {
        try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Connection c = dial(HERE, peer.getLocalPort(), false).get(10, TimeUnit.SECONDS);
            try (Socket socket = peer.accept()) {
                AtomicInteger written = new AtomicInteger();
                CompletableFuture<Void> full = new CompletableFuture<>();
                c.loop().execute(() -> fill(c, written, full));
                full.get(10, TimeUnit.SECONDS);
                assertEquals(0, talk.wakes.get());
                socket.getInputStream().readNBytes(written.get());
                Rig.until("it is told", () -> talk.wakes.get() > 0);
            }
        }
    }

    private static void fill(Connection c, AtomicInteger written, CompletableFuture<Void> full) {
        if (c.writable()) {
            c.write(Unpooled.wrappedBuffer(new byte[32 << 10]));
            written.addAndGet(32 << 10);
            c.loop().execute(() -> fill(c, written, full));
        } else {
            full.complete(null);
        }
    }

    @Test
    void whyThereIsNoConnectionIsSaidInOneSentence() throws Exception {
        int nobody;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = gone.getLocalPort();
        }
        assertEquals("nobody listens at 127.0.0.1, port " + nobody + " (connection refused)", problem(dial(HERE, nobody, false)));
        assertEquals("no address is known for the name nowhere.invalid", problem(dial("nowhere.invalid", 1, false)));
        assertTrue(problem(dial("169.254.169.254", 80, false)).contains("io.sluice.net.dialer: '169.254.169.254' is 169.254.169.254, a cloud metadata address"));
        assertEquals("denied by the address policy io.sluice.net.dialer: '169.254.1.1' is 169.254.1.1, a link-local address; to allow it, name it in 'allowed'",
            problem(dial("169.254.1.1", 80, false)));
        assertTrue(problem(dial("0.0.0.0", nobody, false)).contains("an unspecified address"));
        assertTrue(rig.net.list().isEmpty());
    }

    @Test
    void privateAddressesCanBeForbiddenAndNamedOnesAllowed() throws Exception {
        try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            BundleDialer strict = new BundleDialer(rig.net, new Dialling(rig.loops, new DialConfigs(false, "", "")), "x 1");
            String problem = problem(strict.dial(to(HERE, peer.getLocalPort(), false), c -> talk).toCompletableFuture());
            assertTrue(problem.endsWith("to allow it, name it in 'allowed' or set 'allowPrivate'"), problem);
            BundleDialer named = new BundleDialer(rig.net, new Dialling(rig.loops, new DialConfigs(false, "", "localhost")), "x 1");
            named.dial(to("localhost", peer.getLocalPort(), false), c -> talk).toCompletableFuture().get(10, TimeUnit.SECONDS);
            BundleDialer wrong = new BundleDialer(rig.net, new Dialling(rig.loops, new DialConfigs(true, "", "10.0.0.0/99")), "x 1");
            assertTrue(problem(wrong.dial(to(HERE, peer.getLocalPort(), false), c -> talk).toCompletableFuture()).contains("10.0.0.0/99"));
        }
    }

    @Test
    void ourOwnListenersAreALoopByWhateverName() throws Exception {
        ListeningPort all = new ListeningPort(rig.net, new Offer("all", false, false, List.of("echo")), new InetSocketAddress(0));
        ListeningPort one = rig.listen("echo");
        for (String host : List.of(HERE, "localhost", "::1", "127.0.0.2", "::ffff:127.0.0.1", ownAddress())) {
            assertTrue(problem(dial(host, all.port(), false)).endsWith("is this very server: what goes there would come back, a loop"), host);
        }
        assertTrue(problem(dial("localhost", one.port(), false)).contains("this very server"));
        BundleDialer open = new BundleDialer(rig.net, new Dialling(rig.loops, new DialConfigs(true, "", "0.0.0.0", "::")), "x 1");
        for (int port : List.of(all.port(), one.port())) {
            for (String host : List.of("0.0.0.0", "::")) {
                assertTrue(problem(open.dial(to(host, port, false), c -> talk).toCompletableFuture()).contains("this very server"), host);
            }
        }
        all.stop();
    }

    /** Of another interface than loopback, where there is one. */
    private static String ownAddress() throws Exception {
        return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).filter(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress())
            .map(InetAddress::getHostAddress).findFirst().orElse(HERE);
    }

    @Test
    void whoDoesNotAnswerIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            DialRequest soon = new DialRequest(HERE, silent.getLocalPort(), true, "echo", rig.loops.next(), talk, 300);
            assertEquals(HERE + ":" + silent.getLocalPort() + " did not answer within 300 ms", problem(dialer.dial(soon, c -> talk).toCompletableFuture()));
            try (Socket socket = silent.accept()) {
                while (socket.getInputStream().read() >= 0) {
                    // its hello of TLS, then the end
                }
            }
        }
    }

    @Test
    void aCancelledDialLeavesNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Connection> dialled = dial(HERE, silent.getLocalPort(), true);
            try (Socket socket = silent.accept()) {
                assertTrue(socket.getInputStream().read() >= 0);
                dialled.cancel(false);
                while (socket.getInputStream().read() >= 0) {
                    // the rest of its hello
                }
            }
            assertTrue(rig.net.list().isEmpty());
            assertTrue(talk.heard.isEmpty() && !talk.closed.isDone());
        }
    }

    @Test
    void whenTheBundleStopsItsConnectionsHaveEndedAndOthersHaveNot() throws Exception {
        try (ServerSocket peer = new ServerSocket(0, 3, InetAddress.getLoopbackAddress())) {
            Connection mine = dial(HERE, peer.getLocalPort(), false).get(10, TimeUnit.SECONDS);
            Talk other = new Talk();
            BundleDialer others = new BundleDialer(rig.net, dialling, "io.sluice.test.other 1.0.0");
            Connection theirs = others.dial(to(HERE, peer.getLocalPort(), false), c -> other).toCompletableFuture().get(10, TimeUnit.SECONDS);
            dialer.stop();
            assertTrue(talk.closed.isDone());
            Rig.until("it is gone", () -> !rig.net.owns(mine));
            assertTrue(rig.net.owns(theirs));
            assertFalse(other.closed.isDone());
            assertEquals("io.sluice.test.caller 1.0.0 has stopped", problem(dial(HERE, peer.getLocalPort(), false)));
        }
    }

    @Test
    void aNewVersionOfAProtocolLeavesDialledConnectionsOfThatNameAlone() throws Exception {
        try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Connection c = dial(HERE, peer.getLocalPort(), false).get(10, TimeUnit.SECONDS);
            rig.elect(new LineProtocol("1"), "echo", "echo 1");
            rig.elect(new LineProtocol("2"), "echo", "echo 2");
            rig.stop("echo");
            assertEquals("io.sluice.test.caller 1.0.0", rig.net.list().get(0).plugin());
            assertFalse(talk.closed.isDone());
            c.close("enough");
        }
    }

    @Test
    void codeThatFailsAtTheOpeningEndsTheConnection() throws Exception {
        try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String problem = problem(dialer.dial(to(HERE, peer.getLocalPort(), false), c -> {
                throw new IllegalStateException("planted");
            }).toCompletableFuture());
            assertEquals("internal error in io.sluice.test.caller 1.0.0", problem);
            assertEquals(-1, peer.accept().getInputStream().read());
            Rig.until("nothing is left", () -> rig.net.list().isEmpty());
        }
    }

    @Test
    void tlsWantsATrustedCertificateForThisName(@TempDir Path folder) throws Exception {
        try (Rig server = new Rig(folder, SslProvider.JDK)) {
            server.elect(new LineProtocol("1"), "echo", "echo 1");
            int port = server.port(true, "echo");
            Rig.until("there is a certificate", server::tlsReady);
            String untrusted = problem(dial("localhost", port, true));
            assertTrue(untrusted.startsWith("the certificate of localhost is not by a trusted authority; name a PEM file"), untrusted);
            Path pem = pem(folder);
            BundleDialer trusting = new BundleDialer(rig.net, new Dialling(rig.loops, new DialConfigs(true, pem.toString(), "")), "x 1");
            Connection c = trusting.dial(to("localhost", port, true), x -> talk).toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertTrue(c.secure());
            say(c, "E\n");
            Rig.until("it is answered", () -> talk.heard.toString().equals("1 1 E\n"));
            String wrong = problem(trusting.dial(to("127.0.0.2", port(server), true), x -> talk).toCompletableFuture());
            assertTrue(wrong.startsWith("the certificate of 127.0.0.2 is not for this host"), wrong);
            BundleDialer missing = new BundleDialer(rig.net, new Dialling(rig.loops, new DialConfigs(true, folder.resolve("no.pem").toString(), "")), "x 1");
            assertTrue(problem(missing.dial(to("localhost", port, true), x -> talk).toCompletableFuture()).contains("no.pem"));
        }
    }

    /** Listens on all addresses, so that one that the certificate does not name leads there, too. */
    private static int port(Rig server) {
        return new ListeningPort(server.net, new Offer("all", true, false, List.of("echo")), new InetSocketAddress(0)).port();
    }

    private static Path pem(Path folder) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(folder.resolve("tls/self-signed.p12"))) {
            store.load(in, "self-signed".toCharArray());
        }
        String text = Base64.getMimeEncoder().encodeToString(store.getCertificate(store.aliases().nextElement()).getEncoded());
        return Files.writeString(folder.resolve("trusted.pem"), "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
    }

    @Test
    void aLoopOfSomebodyElseIsRefused() {
        DialRequest wrong = new DialRequest(HERE, 1, false, "echo", Runnable::run, talk, 5000);
        assertThrows(IllegalArgumentException.class, () -> dialer.dial(wrong, c -> talk));
        assertThrows(CompletionException.class, () -> dial("nowhere.invalid", 1, false).join());
    }
}
