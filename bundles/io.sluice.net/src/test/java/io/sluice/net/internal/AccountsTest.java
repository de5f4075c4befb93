package io.sluice.net.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.Account;
import io.sluice.api.net.Connection;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose bytes are whose on real sockets. */
class AccountsTest {
    private final Rig rig = new Rig();
    private final Map<String, Book> books = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private static final class Book implements Account {
        final AtomicLong in = new AtomicLong();
        final AtomicLong out = new AtomicLong();
        final AtomicLong packets = new AtomicLong();

        @Override
        public void in(long bytes) {
            in.addAndGet(bytes);
        }

        @Override
        public void out(long bytes) {
            out.addAndGet(bytes);
        }

        @Override
        public void packets(long sent, long lost, long retransmitted) {
            packets.addAndGet(sent);
        }
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private Book book(String name) {
        return books.computeIfAbsent(name, n -> new Book());
    }

    @Test
    void requestsOfTwoTokensOnOneConnectionAreTwoAccountsAndTheirSumIsWhatTheSocketCarried() throws Exception {
        rig.route("media", e -> {
            e.connection().account(book(e.query("tkn")));
            e.connection().onClosed(() -> closed.complete(null));
            e.answer(200, Map.of(), Unpooled.wrappedBuffer(new byte[Integer.parseInt(e.query("size"))]));
        }, "/media");
        rig.route("page", e -> e.answer(200, Map.of(), Unpooled.wrappedBuffer(new byte[500])), "/page");
        Map<String, long[]> expected = new TreeMap<>();
        try (Client client = Rig.connect(rig.port(false, "http"))) {
            for (String[] r : List.of(new String[] {"a", "100000"}, new String[] {"b", "5"}, new String[] {"a", "3"}, new String[] {"b", "70000"})) {
                String request = "GET /media?tkn=" + r[0] + "&size=" + r[1] + " HTTP/1.1\r\nHost: a\r\n\r\n";
                long[] sum = expected.computeIfAbsent(r[0], n -> new long[2]);
                sum[0] += request.length();
                sum[1] += answered(client.send(request));
            }
            // nobody's request goes to who was last, once the connection has ended
            String page = "GET /page HTTP/1.1\r\nHost: a\r\n\r\n";
            expected.get("b")[0] += page.length();
            expected.get("b")[1] += answered(client.send(page));
        }
        closed.get();
        expected.forEach((name, sum) -> assertEquals(List.of(sum[0], sum[1]), List.of(book(name).in.get(), book(name).out.get()), name));
    }

    /** Bytes of an answer. */
    private static long answered(Client client) throws Exception {
        long head = 0;
        int length = 0;
        for (String line = client.line(); !line.isEmpty(); line = client.line()) {
            head += line.length() + 2;
            length = line.startsWith("content-length: ") ? Integer.parseInt(line.substring(16)) : length;
        }
        client.read(length);
        return head + 2 + length;
    }

    @Test
    void aProtocolsHandshakeIsItsVisitorsAndLastWordsAreCountedBeforeTheConnectionIsClosed() throws Exception {
        CompletableFuture<Connection> opened = new CompletableFuture<>();
        rig.elect(new Protocol() {
            @Override
            public Match match(ByteBuf first) {
                return Match.YES;
            }

            @Override
            public ConnectionHandler open(Connection connection) {
                opened.complete(connection);
                connection.onClosed(() -> closed.complete(null));
                return handler(connection);
            }
        }, "raw", "raw 1");
        try (Client client = Rig.connect(rig.port(false, "raw"))) {
            client.send("hello");
            assertEquals("welcome", new String(client.read(7), StandardCharsets.US_ASCII));
            client.send("go");
            assertEquals(50_000, client.read(50_000).length);
            assertTrue(client.ended());
        }
        closed.get();
        assertEquals(7, book("x").in.get());
        assertEquals(50_007, book("x").out.get());
        assertTrue(!rig.loops.transport().name().equals("epoll") || book("x").packets.get() > 1, "the kernel tells its packets");
    }

    private ConnectionHandler handler(Connection connection) {
        return new ConnectionHandler() {
            @Override
            public void received(ByteBuf in) {
                if (in.readableBytes() == 5) {
                    connection.write(Unpooled.copiedBuffer("welcome", StandardCharsets.US_ASCII));
                } else {
                    connection.account(book("x"));
                    connection.write(Unpooled.wrappedBuffer(new byte[50_000]));
                    connection.close("said all");
                }
                in.skipBytes(in.readableBytes());
            }

            @Override
            public void writable() {
                // it is never slow here
            }

            @Override
            public void closed() {
                // nothing is kept
            }
        };
    }
}
