package io.sluice.format.http;

import com.sun.net.httpserver.Headers;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A small HTTP server on real sockets that can misbehave: it writes whatever a test wants. One thread a connection. */
final class LocalServer implements AutoCloseable {
    /** One request, and what to answer with. */
    record Exchange(String method, Headers headers, String body, OutputStream out) {
        void answer(int status, String text, Map<String, String> headers) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " x\r\nContent-Length: " + bytes.length + "\r\n");
            headers.forEach((n, v) -> head.append(n).append(": ").append(v).append("\r\n"));
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            out.write(bytes);
            out.flush();
        }
    }

    interface Answer {
        void to(Exchange exchange) throws IOException;
    }

    interface Raw {
        void write(OutputStream out) throws IOException;
    }

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Raw> raw = new ConcurrentHashMap<>();
    private final Set<Integer> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Headers last;

    LocalServer() throws IOException {
        new Thread(this::accept, "local-server").start();
    }

    int port() {
        return socket.getLocalPort();
    }

    void on(String path, Answer answer) {
        answers.put(path, answer);
    }

    /** The connection is closed after it. */
    void raw(String path, Raw answer) {
        raw.put(path, answer);
    }

    Set<Integer> clients() {
        return clients;
    }

    int requests() {
        return requests.get();
    }

    int brokenPipes() {
        return broken.get();
    }

    Headers last() {
        return last;
    }

    boolean closed() {
        return closed.getCount() == 0;
    }

    void pause(long millis) {
        try {
            closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                new Thread(() -> serve(client), "local-server").start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        clients.add(client.getPort());
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                requests.incrementAndGet();
                String[] parts = line.split(" ");
                Headers headers = new Headers();
                for (String h = line(in); !h.isEmpty(); h = line(in)) {
                    headers.add(h.substring(0, h.indexOf(':')), h.substring(h.indexOf(':') + 1).strip());
                }
                last = headers;
                String length = headers.getFirst("Content-Length");
                String body = new String(in.readNBytes(length == null ? 0 : Integer.parseInt(length)), StandardCharsets.UTF_8);
                if (raw.containsKey(parts[1])) {
                    raw.get(parts[1]).write(client.getOutputStream());
                    return;
                }
                answers.getOrDefault(parts[1], x -> x.answer(404, "", Map.of())).to(new Exchange(parts[0], headers, body, client.getOutputStream()));
            }
        } catch (IOException e) {
            broken.incrementAndGet();
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
