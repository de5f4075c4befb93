package io.sluice.testkit.hls;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * GET over one HTTP/1.1 connection that is kept alive (RFC 9112). HTTP clients open another connection in silence when the server closes theirs; this one
 * counts. One thread, but for {@link #localPorts} and {@link #close}.
 */
final class HttpLink implements Closeable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final List<Integer> localPorts = new CopyOnWriteArrayList<>();
    private volatile Socket socket;
    private InputStream in;

    /** @param contentType or "" */
    record Answer(int status, String contentType, byte[] body) {
    }

    /** @throws IOException when the connection ends before the answer is whole; the next call opens another */
    Answer get(URI uri) throws IOException {
        try {
            if (socket == null) {
                open(uri);
            }
            String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
            socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return answer();
        } catch (IOException e) {
            close();
            throw new IOException(uri + " on connection from port " + localPorts + ": " + e, e);
        }
    }

    private void open(URI uri) throws IOException {
        Socket fresh = new Socket();
        fresh.setSoTimeout(TIMEOUT_MILLIS);
        fresh.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), TIMEOUT_MILLIS);
        socket = fresh;
        in = new BufferedInputStream(fresh.getInputStream());
        localPorts.add(fresh.getLocalPort());
    }

    private Answer answer() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        byte[] body = "chunked".equalsIgnoreCase(headers.get("transfer-encoding")) ? chunks() : bytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        if ("close".equalsIgnoreCase(headers.get("connection"))) {
            close();
        }
        return new Answer(status, headers.getOrDefault("content-type", ""), body);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int size = size(line()); size > 0; size = size(line())) {
            all.write(bytes(size));
            line();
        }
        while (!line().isEmpty()) {
            // trailers
        }
        return all.toByteArray();
    }

    private static int size(String line) {
        return Integer.parseInt(line.split(";")[0].strip(), 16);
    }

    private byte[] bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the server closed the connection after " + bytes.length + " of " + count + " bytes");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the server closed the connection");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    /** Of every connection that was opened so far, the newest last. */
    List<Integer> localPorts() {
        return List.copyOf(localPorts);
    }

    @Override
    public void close() {
        try {
            Socket old = socket;
            socket = null;
            if (old != null) {
                old.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
