package io.sluice.itests.pushes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testkit.Await;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** ffmpeg, which listens, takes one push, and writes its pictures as they come. */
final class Receiver implements AutoCloseable {
    private static final String LISTENS = "0A";
    private final Program ffmpeg;
    private final Path pictures;

    private Receiver(Program ffmpeg, Path pictures) {
        this.ffmpeg = ffmpeg;
        this.pictures = pictures;
    }

    /** @param input words up to the address */
    private static Receiver start(Path folder, String... input) throws IOException {
        Path pictures = Files.createTempFile(folder, "received", ".h264");
        List<String> words = new ArrayList<>(List.of(input));
        words.addAll(List.of("-map", "0:v", "-c", "copy", "-flush_packets", "1", "-f", "h264", pictures.toString()));
        return new Receiver(Ffmpeg.installed().run(words), pictures);
    }

    /** What {@link #rtmp} listens to. */
    static String address(int port) {
        return "rtmp://127.0.0.1:" + port + "/live/x";
    }

    static Receiver rtmp(Path folder, int port) throws IOException {
        Receiver receiver = start(folder, "-listen", "1", "-i", address(port));
        receiver.awaitTcp(port);
        return receiver;
    }

    static Receiver tcp(Path folder, int port) throws IOException {
        Receiver receiver = start(folder, "-f", "mpegts", "-i", "tcp://127.0.0.1:" + port + "?listen=1");
        receiver.awaitTcp(port);
        return receiver;
    }

    /** Needs not to be waited for: datagrams come again. @param address udp:// or rtp:// */
    static Receiver datagrams(Path folder, String address) throws IOException {
        return start(folder, "-analyzeduration", "2000000", "-i", address);
    }

    private void awaitTcp(int port) {
        String suffix = String.format(":%04X", port);
        Await.until(() -> "ffmpeg listens: " + ffmpeg.errors(), PushServer.PATIENCE, () -> Files.readAllLines(Path.of("/proc/net/tcp")).stream().map(l -> l.strip().split("\\s+"))
            .anyMatch(w -> w.length > 3 && w[1].endsWith(suffix) && w[3].equals(LISTENS)));
    }

    /** When the pictures that have come were sent, in milliseconds of the Unix epoch. */
    List<Long> times() throws IOException {
        return WallClockFrames.of(pictures);
    }

    /** @return the times of all so far */
    List<Long> awaitPictures(int count) throws IOException {
        Await.until(() -> count + " pictures come: " + ffmpeg.errors(), PushServer.PATIENCE, () -> times().size() >= count);
        return times();
    }

    boolean running() {
        return ffmpeg.running();
    }

    /** What has come when the sender has left. */
    List<Long> awaitEnd() throws IOException {
        ffmpeg.await(PushServer.PATIENCE);
        return times();
    }

    /** What the pictures' times say: in order, each once, and none is missing. */
    static void assertWhole(List<Long> times) {
        assertEquals(times.stream().sorted().distinct().toList(), times, "in order, each once");
        assertEquals((times.get(times.size() - 1) - times.get(0)) / 40.0, times.size() - 1, 10, "no picture is missing");
    }

    /** Kills it. */
    @Override
    public void close() {
        ffmpeg.close();
    }
}
