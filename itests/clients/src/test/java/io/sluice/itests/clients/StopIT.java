package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.media.ClipFrames;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A stop (SIGTERM) lets players and files finish, in bounded time. */
class StopIT {
    private static final int STOP_SECONDS = 6;
    /** A segment of several megabytes: more than the kernel's buffers on both sides hold. */
    private static final int SEGMENT_BYTES = 4_000_000;

    @TempDir
    Path home;
    @TempDir
    Path folder;
    private SluiceServer server;

    @BeforeEach
    void start() throws Exception {
        server = Server.create(home).environment("SLUICE_STOP_SECONDS", Integer.toString(STOP_SECONDS)).start();
    }

    @AfterEach
    void keepTheLog(TestInfo test) throws Exception {
        server.close();
        Files.writeString(Server.output().resolve("StopIT-" + test.getTestMethod().orElseThrow().getName() + ".log"), server.log());
    }

    @Test
    void aPlayerGetsWhatWasPublishedThenTheEndOfTheStreamAndTheServerEndsQuietly() throws Exception {
        ClipFrames clip = ClipFrames.of(Ffmpeg.installed().clip(folder.resolve("clip.flv"), 2, 0));
        URI publish = server.rtmp("live", "mine?key=" + SluiceServer.PUBLISH_KEY);
        try (RtmpPublisher publisher = RtmpPublisher.open(publish).start(clip.looped(0), RtmpPublisher.Pace.REAL_TIME); RtmpPlayer demo = RtmpPlayer.open(server.rtmp("live", "demo"))) {
            Await.until("mine is live", Server.PATIENCE, () -> server.shell("sluice:streams").matches("(?s).*mine +LIVE.*"));
            try (RtmpPlayer mine = RtmpPlayer.open(server.rtmp("live", "mine"))) {
                Await.until("both play", Server.PATIENCE, () -> mine.count(Kind.VIDEO) > 50 && demo.count(Kind.VIDEO) > 50);
                long begun = System.nanoTime();
                assertEquals(0, server.stop());
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                for (RtmpPlayer player : List.of(mine, demo)) {
                    Await.until("the connection has ended", Server.PATIENCE, () -> !player.ended().isEmpty());
                    assertTrue(player.statuses().stream().anyMatch(s -> s.startsWith("NetStream.Play.UnpublishNotify")), player.statuses().toString());
                    assertTrue(player.ended().contains("EOF"), "no reset: " + player.ended());
                    assertEquals(List.of(), player.faults());
                }
                publisher.ledger().requireExact("mine", Kind.VIDEO, mine.frames(Kind.VIDEO), 50);
                assertTrue(took.toSeconds() < STOP_SECONDS, "nobody had to be waited for: " + took);
            }
        }
        assertQuiet();
    }

    @Test
    void aDownloadUnderWayIsCompleted() throws Exception {
        try (RtmpPublisher publisher = publishHeavy(); SlowDownload download = SlowDownload.begin(server, segment())) {
            CompletableFuture<Integer> stopping = CompletableFuture.supplyAsync(server::stop);
            Await.until("no new connection is taken", Server.PATIENCE, () -> !listens(server.http("/").getPort()));
            assertEquals(download.length(), download.rest(), "every byte of the segment came");
            assertEquals(0, stopping.get());
            assertTrue(publisher.statuses().isEmpty() || !publisher.sending());
        }
        assertQuiet();
    }

    @Test
    void whoeverTakesNothingIsCutWhenTheTimeIsOver() throws Exception {
        try (RtmpPublisher publisher = publishHeavy(); SlowDownload download = SlowDownload.begin(server, segment())) {
            long begun = System.nanoTime();
            assertEquals(0, server.stop());
            long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
            assertTrue(seconds >= STOP_SECONDS - 1 && seconds <= STOP_SECONDS + 4, "took " + seconds + " s");
            assertTrue(download.rest() < download.length(), "it was cut");
            assertFalse(publisher.sending());
        }
    }

    private RtmpPublisher publishHeavy() throws Exception {
        Path flv = Ffmpeg.installed().make(folder.resolve("heavy.flv"), List.of("-f", "lavfi", "-i", "nullsrc=s=640x360:r=25,geq=random(1)*255:128:128", "-t", "4", "-c:v", "libx264",
            "-preset", "ultrafast", "-g", "50", "-bf", "0", "-b:v", "40M", "-minrate", "40M", "-maxrate", "40M", "-bufsize", "10M", "-pix_fmt", "yuv420p"));
        return RtmpPublisher.open(server.rtmp("live", "heavy?key=" + SluiceServer.PUBLISH_KEY)).start(ClipFrames.of(flv).looped(0), RtmpPublisher.Pace.REAL_TIME);
    }

    /** The path of a listed segment. */
    private String segment() {
        Await.until("a segment is listed", Server.PATIENCE, () -> listed() != null);
        return listed();
    }

    private String listed() {
        try {
            URI master = server.http("/hls/heavy/index.m3u8");
            String variant = entry(server.get(master.getPath()).body());
            URI media = variant == null ? null : master.resolve(variant);
            String segment = media == null ? null : entry(server.get(media.getPath()).body());
            return segment == null ? null : media.resolve(segment).getPath();
        } catch (IOException e) {
            return null;
        }
    }

    private static String entry(String playlist) {
        return playlist.lines().filter(line -> !line.isBlank() && !line.startsWith("#") && line.matches("\\S+\\.(m3u8|ts)")).findFirst().orElse(null);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private void assertQuiet() {
        assertEquals(List.of(), server.log().lines().filter(line -> line.contains(" WARN ") || line.contains(" ERROR ") || line.contains("Exception") || line.startsWith("sluice:")).toList());
    }

    /** A request whose answer is read only as far as its headers at first. */
    private record SlowDownload(Socket socket, InputStream in, long length) implements AutoCloseable {
        static SlowDownload begin(SluiceServer server, String path) throws IOException {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(64 << 10);
            socket.setSoTimeout(20_000);
            socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), server.http("/").getPort()));
            socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int b = socket.getInputStream().read();
                if (b < 0) {
                    throw new IOException("no answer: " + head);
                }
                head.append((char) b);
            }
            String length = head.toString().lines().filter(line -> line.toLowerCase().startsWith("content-length:")).findFirst().orElseThrow(() -> new IOException(head.toString()));
            long bytes = Long.parseLong(length.substring(15).strip());
            assertTrue(bytes > SEGMENT_BYTES, "large enough to be under way for long: " + bytes);
            return new SlowDownload(socket, socket.getInputStream(), bytes);
        }

        /** Reads to the end; how many bytes of the body came. */
        long rest() {
            long count = 0;
            try {
                byte[] buffer = new byte[1 << 16];
                for (int n = in.read(buffer); n >= 0 && count < length; n = in.read(buffer)) {
                    count += n;
                }
            } catch (IOException e) {
                return count;
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
