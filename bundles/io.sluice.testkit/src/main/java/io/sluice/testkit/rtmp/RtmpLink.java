package io.sluice.testkit.rtmp;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** One RTMP connection as a client: handshake, chunks both ways, acknowledgements, answers to pings. One thread reads; writing is synchronized. */
final class RtmpLink implements Closeable {
    static final int CONTROL = 2;
    static final int COMMANDS = 3;
    private static final int HANDSHAKE = 1536;
    private static final int CONNECT_MILLIS = 5_000;
    /** Longer than any server's own time-out that a test waits for; bounds a test whose server fell silent. */
    private static final int SILENCE_MILLIS = 60_000;

    private final Socket socket = new Socket();
    private final ChunkReader reader;
    private final ChunkWriter writer;
    private final List<Integer> chunkSizes = new CopyOnWriteArrayList<>();
    private long window = Long.MAX_VALUE;
    private long acknowledged;

    RtmpLink(URI uri) throws IOException {
        this(uri, 0);
    }

    /** Connects to a rtmp://host:port and shakes hands (RTMP 1.0, 5.2). @param receiveBufferBytes of the socket, 0 for the system's choice */
    RtmpLink(URI uri, int receiveBufferBytes) throws IOException {
        socket.setTcpNoDelay(true);
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 1935 : uri.getPort()), CONNECT_MILLIS);
        socket.setSoTimeout(SILENCE_MILLIS);
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        reader = new ChunkReader(in);
        writer = new ChunkWriter(socket.getOutputStream());
        shakeHands(in);
    }

    private void shakeHands(DataInputStream in) throws IOException {
        byte[] c0c1 = new byte[1 + HANDSHAKE];
        new Random(1).nextBytes(c0c1);
        ByteBuffer.wrap(c0c1).put(0, (byte) 3).putLong(1, 0);
        socket.getOutputStream().write(c0c1);
        if (in.readUnsignedByte() != 3) {
            throw new IOException("the server's handshake does not begin with version 3");
        }
        byte[] s1 = in.readNBytes(HANDSHAKE);
        socket.getOutputStream().write(s1);
        byte[] s2 = in.readNBytes(HANDSHAKE);
        if (s2.length < HANDSHAKE) {
            throw new IOException("the connection ended in the handshake");
        }
    }

    /** Our own chunk size, told and used. */
    void chunkSize(int bytes) throws IOException {
        send(CONTROL, RtmpMessage.SET_CHUNK_SIZE, 0, 0, ByteBuffer.allocate(4).putInt(bytes).array());
        writer.chunkSize(bytes);
    }

    void send(int chunkStream, int type, int stream, long timestamp, byte[] payload) throws IOException {
        writer.write(new RtmpMessage(chunkStream, type, stream, timestamp & 0xFFFFFFFFL, payload));
    }

    void command(int stream, Object... values) throws IOException {
        send(COMMANDS, RtmpMessage.COMMAND, stream, 0, Amf0.encode(values));
    }

    /** connect, then createStream; answers the stream's id. */
    int open(URI uri, String app) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("app", app);
        object.put("type", "nonprivate");
        object.put("flashVer", "FMLE/3.0 (compatible; sluice testkit)");
        object.put("tcUrl", "rtmp://" + uri.getHost() + ":" + uri.getPort() + "/" + app);
        command(0, "connect", 1, object);
        result(1);
        command(0, "createStream", 2, null);
        return ((Number) result(2).get(3)).intValue();
    }

    /** The answer to a command, after whatever comes before it. @throws IOException with the server's words when it is an error */
    private List<Object> result(int transaction) throws IOException {
        while (true) {
            RtmpMessage message = next();
            if (message.type() != RtmpMessage.COMMAND) {
                continue;
            }
            List<Object> values = Amf0.decode(message.payload());
            if ("_error".equals(values.get(0)) || "onStatus".equals(values.get(0))) {
                throw new IOException("refused: " + values);
            }
            if ("_result".equals(values.get(0)) && ((Number) values.get(1)).intValue() == transaction) {
                return values;
            }
        }
    }

    /** The next message; what the protocol asks to be answered is answered. */
    RtmpMessage next() throws IOException {
        RtmpMessage message = reader.next();
        if (message.type() == RtmpMessage.WINDOW_SIZE) {
            window = ByteBuffer.wrap(message.payload()).getInt() & 0xFFFFFFFFL;
        } else if (message.type() == RtmpMessage.SET_CHUNK_SIZE) {
            chunkSizes.add(ByteBuffer.wrap(message.payload()).getInt());
        } else if (message.type() == RtmpMessage.USER_CONTROL && ByteBuffer.wrap(message.payload()).getShort() == 6) {
            pong(message.payload());
        }
        acknowledge();
        return message;
    }

    private void acknowledge() throws IOException {
        if (reader.bytes() - acknowledged >= window) {
            acknowledged = reader.bytes();
            send(CONTROL, RtmpMessage.ACKNOWLEDGEMENT, 0, 0, ByteBuffer.allocate(4).putInt((int) acknowledged).array());
        }
    }

    private void pong(byte[] ping) throws IOException {
        send(CONTROL, RtmpMessage.USER_CONTROL, 0, 0, ByteBuffer.allocate(6).putShort((short) 7).put(ping, 2, 4).array());
    }

    /** Every Set Chunk Size that came, from any thread. */
    List<Integer> chunkSizes() {
        return List.copyOf(chunkSizes);
    }

    /** Of the own side, so that a test can tell one connection from another. */
    int localPort() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
