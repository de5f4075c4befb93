package io.sluice.testkit.rtmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.testkit.Await;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.media.Seen;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A player at a server of a few lines that says what the test wants. */
class RtmpPlayerTest {
    private ServerSocket listening;
    private Socket peer;
    private ChunkReader in;
    private ChunkWriter out;

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        listening.close();
        if (peer != null) {
            peer.close();
        }
    }

    private URI uri() {
        return URI.create("rtmp://127.0.0.1:" + listening.getLocalPort() + "/live/x");
    }

    /** Shakes hands and answers connect and createStream; whatever fails ends the connection, which the player reports. */
    private void serve() {
        try {
            peer = listening.accept();
            InputStream bytes = peer.getInputStream();
            byte[] c0c1 = new DataInputStream(bytes).readNBytes(1537);
            peer.getOutputStream().write(c0c1);
            peer.getOutputStream().write(c0c1, 1, 1536);
            new DataInputStream(bytes).readNBytes(1536);
            in = new ChunkReader(bytes);
            out = new ChunkWriter(peer.getOutputStream());
            command();
            say(RtmpMessage.COMMAND, 0, Amf0.encode("_result", 1, null, null));
            command();
            say(RtmpMessage.COMMAND, 0, Amf0.encode("_result", 2, null, 1));
            command();
        } catch (IOException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void command() throws IOException {
        for (RtmpMessage m = in.next(); m.type() != RtmpMessage.COMMAND; m = in.next()) {
            assertEquals(RtmpMessage.SET_CHUNK_SIZE, m.type());
        }
    }

    private void say(int type, long timestamp, byte[] payload) throws IOException {
        out.write(new RtmpMessage(type == RtmpMessage.COMMAND ? 3 : 4, type, 1, timestamp, payload));
    }

    private static byte[] audio(int n) {
        return new byte[] {(byte) 0xAF, 1, (byte) n};
    }

    private RtmpPlayer play() throws Exception {
        Thread server = new Thread(this::serve);
        server.start();
        RtmpPlayer player = RtmpPlayer.open(uri());
        server.join();
        return player;
    }

    @Test
    void timesAreUnwrappedAndTheEndIsSeen() throws Exception {
        try (RtmpPlayer player = play()) {
            say(RtmpMessage.SET_CHUNK_SIZE, 0, ByteBuffer.allocate(4).putInt(4000).array());
            out.chunkSize(4000);
            say(8, 0xFFFFFFF0L, audio(1));
            say(8, 0x10, audio(2));
            Await.until("both frames", Duration.ofSeconds(10), () -> player.count(Kind.AUDIO) == 2);
            assertEquals("", player.ended());
            assertEquals(List.of(0xFFFFFFF0L, 0x100000010L), player.frames(Kind.AUDIO).stream().map(Seen::millis).toList());
            assertEquals(List.of(4000), player.chunkSizes());
            peer.close();
            Await.until("the end is seen", Duration.ofSeconds(10), () -> !player.ended().isEmpty());
        }
    }

    @Test
    void timeThatGoesBackIsAFault() throws Exception {
        try (RtmpPlayer player = play()) {
            say(8, 100, audio(1));
            say(8, 60, audio(2));
            Await.until("both frames", Duration.ofSeconds(10), () -> player.count(Kind.AUDIO) == 2);
            assertEquals(List.of("AUDIO #1: time goes back from 100 to 60 ms"), player.faults());
        }
    }

    @Test
    void nobodyListeningIsSaidAtOnce() throws IOException {
        URI closed = uri();
        listening.close();
        assertThrows(IOException.class, () -> RtmpPlayer.open(closed));
    }
}
