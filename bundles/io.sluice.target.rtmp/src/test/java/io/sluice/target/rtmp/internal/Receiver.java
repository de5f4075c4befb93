package io.sluice.target.rtmp.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.format.amf.AmfReader;
import io.sluice.format.amf.AmfWriter;
import io.sluice.format.rtmp.ChunkDecoder;
import io.sluice.format.rtmp.ChunkWriter;
import io.sluice.format.rtmp.Command;
import io.sluice.format.rtmp.Message;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;

/** The server's side of RTMP, with as much of it as publishers see: answers as it is told, and keeps what came. */
final class Receiver implements AutoCloseable {
    /** What came in words; media with its time and payload. */
    record Came(int type, long time, String text) {
    }

    final List<Came> came = new CopyOnWriteArrayList<>();
    /** What each "connect" said. */
    final List<Map<?, ?>> connects = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final Function<Command, Object[]> answers;
    private final CountDownLatch reads = new CountDownLatch(1);
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean stall;
    private volatile Socket publisher;

    /** @param answers to each command; null for the usual one, empty for none */
    Receiver(Function<Command, Object[]> answers) throws IOException {
        this(ServerSocketFactory.getDefault(), answers);
    }

    /** @param sockets over TLS, say */
    Receiver(ServerSocketFactory sockets, Function<Command, Object[]> answers) throws IOException {
        this.server = sockets.createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        this.answers = answers;
        Thread thread = new Thread(this::accept, "receiver");
        thread.setDaemon(true);
        thread.start();
    }

    String url(String user) {
        return (server instanceof SSLServerSocket ? "rtmps://" + user + "localhost:" : "rtmp://" + user + "127.0.0.1:") + server.getLocalPort() + "/live/key";
    }

    /** To the publisher that came last. */
    void send(ByteBuf bytes) throws IOException {
        send(publisher, bytes);
    }

    private synchronized void send(Socket socket, ByteBuf bytes) throws IOException {
        sent.addAndGet(bytes.readableBytes());
        socket.getOutputStream().write(ByteBufUtil.getBytes(bytes));
    }

    /** Bytes to all publishers, the handshake included. */
    long sent() {
        return sent.get();
    }

    /** Reads nothing once it publishes. */
    void stall() {
        stall = true;
    }

    List<Came> media(int type) {
        return came.stream().filter(c -> c.type == type).toList();
    }

    boolean said(String command) {
        return came.stream().anyMatch(c -> c.type == Message.COMMAND && c.text.startsWith("[" + command + ","));
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                serve(socket);
            } catch (IOException | InterruptedException e) {
                // it has left
            }
        }
    }

    private void serve(Socket socket) throws IOException, InterruptedException {
        InputStream in = socket.getInputStream();
        byte[] hello = in.readNBytes(1537);
        publisher = socket;
        send(socket, Unpooled.buffer().writeByte(3).writeZero(1536).writeBytes(hello, 1, 1536));
        in.readNBytes(1536);
        ChunkDecoder decoder = new ChunkDecoder();
        ByteBuf undecoded = Unpooled.buffer();
        byte[] some = new byte[8192];
        for (int n = in.read(some); n >= 0; n = in.read(some)) {
            undecoded.discardReadBytes().writeBytes(some, 0, n);
            decoder.decode(undecoded, () -> 1 << 24, m -> message(decoder, m, socket));
            if (stall && said("publish")) {
                reads.await();
            }
        }
    }

    private void message(ChunkDecoder decoder, Message m, Socket socket) {
        if (m.type() == Message.SET_CHUNK_SIZE) {
            decoder.chunkBytes(m.payload().getInt(m.payload().readerIndex()));
        }
        boolean amf = m.type() == Message.COMMAND || m.type() == Message.DATA;
        came.add(new Came(m.type(), Integer.toUnsignedLong(m.timestamp()), amf ? new AmfReader(m.payload().slice()).readAll().toString() : ByteBufUtil.hexDump(m.payload())));
        if (m.type() == Message.COMMAND) {
            answer(Command.read(m), socket);
        }
    }

    private void answer(Command command, Socket socket) {
        if (command.name().equals("connect")) {
            connects.add(command.object());
        }
        Object[] given = answers.apply(command);
        Object[] answer = given != null ? given : switch (command.name()) {
            case "connect" -> new Object[] {"_result", command.transaction(), null, Map.of("code", "NetConnection.Connect.Success")};
            case "createStream" -> new Object[] {"_result", command.transaction(), null, 5};
            case "publish" -> new Object[] {"onStatus", 0, null, Map.of("level", "status", "code", "NetStream.Publish.Start")};
            default -> new Object[0];
        };
        if (answer.length == 0) {
            return;
        }
        ByteBuf payload = Unpooled.buffer();
        AmfWriter.write(payload, answer);
        ByteBuf out = Unpooled.buffer();
        ChunkWriter.write(out, 128, ChunkWriter.COMMANDS, 0, Message.COMMAND, command.streamId(), payload);
        try {
            send(socket, out);
            if (answer[0].equals("_error")) {
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            // it has left
        }
    }

    @Override
    public void close() throws IOException {
        reads.countDown();
        server.close();
    }
}
