package io.sluice.itests.hostile;

import io.sluice.testkit.Await;
import io.sluice.testkit.rtmp.Amf0;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** One connection on which a test sends whatever bytes it likes. What comes back is kept up to a bound; when the server closes, writing fails silently. */
final class Attacker implements AutoCloseable {
    private static final int KEPT_BYTES = 1 << 20;
    private static final int HANDSHAKE = 1536;

    private final Socket socket = new Socket();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final String openedAt = LocalTime.now().format(DateTimeFormatter.ofPattern("HH:mm:ss.SSS"));
    private volatile boolean closed;

    private Attacker(int port, boolean reading) throws IOException {
        socket.setTcpNoDelay(true);
        if (!reading) {
            socket.setReceiveBufferSize(4096);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
        if (reading) {
            Thread reader = new Thread(this::read, "attacker");
            reader.setDaemon(true);
            reader.start();
        }
    }

    static Attacker connect(int port) throws IOException {
        return new Attacker(port, true);
    }

    /** One that never reads. */
    static Attacker deaf(int port) throws IOException {
        return new Attacker(port, false);
    }

    private void read() {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = socket.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                keep(buffer, n);
            }
        } catch (IOException e) {
            // a reset is an end too
        }
        closed = true;
    }

    private synchronized void keep(byte[] buffer, int n) {
        received.write(buffer, 0, Math.min(n, KEPT_BYTES - received.size()));
    }

    /** As the log writes times. */
    String openedAt() {
        return openedAt;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** What came so far, one character for each byte. */
    synchronized String received() {
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    /** For a failure's text. */
    String said() {
        return received().replaceAll("[^\\x20-\\x7e]+", " ").strip();
    }

    boolean closed() {
        return closed;
    }

    /** @return false when the server has closed */
    boolean send(byte... bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException e) {
            closed = true;
            return false;
        }
    }

    boolean send(String latin1) {
        return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    boolean hex(String hex) {
        return send(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    void awaitClosed(Duration atMost) {
        Await.until(() -> "the server closes the connection; it sent: " + said(), atMost, () -> closed);
    }

    void awaitReceived(String text) {
        Await.until(() -> "the server sends " + text + "; it sent: " + said(), Duration.ofSeconds(10), () -> received().contains(text) || closed);
    }

    // --- RTMP ---

    /** C0, C1, and C2 once S2 has come. */
    Attacker shakeHands() {
        byte[] c0c1 = new byte[1 + HANDSHAKE];
        c0c1[0] = 3;
        send(c0c1);
        Await.until("S2 comes", Duration.ofSeconds(10), () -> received().length() >= 1 + 2 * HANDSHAKE);
        send(new byte[HANDSHAKE]);
        return this;
    }

    /** The same without waiting for anything. */
    Attacker shakeHandsBlindly() {
        byte[] all = new byte[1 + 2 * HANDSHAKE];
        all[0] = 3;
        send(all);
        return this;
    }

    /** A chunk with a full header. @param length as declared, whatever the payload has */
    static byte[] chunk(int chunkStream, int type, int length, byte... payload) {
        return ByteBuffer.allocate(12 + payload.length).put((byte) chunkStream).put(new byte[3]).put((byte) (length >> 16)).putShort((short) length)
            .put((byte) type).putInt(Integer.reverseBytes(type == 20 ? 0 : 1)).put(payload).array();
    }

    /** A whole message in chunks of 128 bytes. */
    static byte[] message(int chunkStream, int type, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(chunk(chunkStream, type, payload.length));
        for (int at = 0; at < payload.length; at += 128) {
            if (at > 0) {
                out.write(0xC0 | chunkStream);
            }
            out.write(payload, at, Math.min(128, payload.length - at));
        }
        return out.toByteArray();
    }

    boolean command(Object... values) {
        return send(message(3, 20, Amf0.encode(values)));
    }

    boolean chunkSize(int bytes) {
        return send(chunk(2, 1, 4, ByteBuffer.allocate(4).putInt(bytes).array()));
    }

    Attacker rtmpConnect(String app) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("app", app);
        object.put("tcUrl", "rtmp://localhost/" + app);
        command("connect", 1, object);
        command("createStream", 2, null);
        return this;
    }

    /** Publishes as one who has the key and is bad all the same. */
    Attacker publish(String stream) {
        rtmpConnect("live").send(message(8, 20, Amf0.encode("publish", 3, null, stream, "live")));
        awaitReceived("NetStream.Publish.Start");
        return this;
    }

    /** Ends with a reset, so that no port lingers. */
    void reset() throws IOException {
        if (!socket.isClosed()) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
