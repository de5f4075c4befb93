package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Program;
import io.sluice.testkit.media.ClipFrames;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** OUT-39: a publisher that sends more than it may is read more slowly; nobody else notices. */
class ThrottleIT {
    private static final double LIMIT_KBPS = 1000;
    /** Where the measurement begins and ends: 1.5 MB, 12 s at the limit, 3 s at what the publisher would like to send. */
    private static final double FROM_BYTES = 500e3;
    private static final double TO_BYTES = 2000e3;
    private static final Pattern QUANTITY = Pattern.compile("([0-9.]+) ([kM]?)B");

    @RegisterExtension
    static final Server SERVER = new Server();

    @TempDir
    Path folder;

    @Test
    void oneThatSendsFourTimesTheLimitIsReadAtTheLimitAndOthersAreNotHeldUp() throws Exception {
        Files.writeString(SERVER.get().home().resolve("conf/io.sluice.protocol.rtmp.cfg.json"), "{\"maxKbps\": 1000}");
        Await.until("the limit is in force", Server.PATIENCE, () -> SERVER.get().getAdmin("/system/console/configMgr/io.sluice.protocol.rtmp.json").body().contains("1000"));
        ClipFrames modest = ClipFrames.of(Ffmpeg.installed().clip(folder.resolve("modest.flv"), 10, 0));
        Path greedy = fourMegabits(folder.resolve("greedy.flv"));
        try (RtmpPublisher other = RtmpPublisher.open(URI.create(SERVER.publish("modest"))).start(modest.looped(0), RtmpPublisher.Pace.REAL_TIME);
            RtmpPlayer viewer = RtmpPlayer.open(URI.create(SERVER.play("modest")));
            Program ffmpeg = Ffmpeg.installed().publish(greedy, URI.create(SERVER.publish("greedy")))) {
            SERVER.awaitLive("modest");
            double begun = awaitBytes(FROM_BYTES, ffmpeg);
            int frames = viewer.count(Kind.VIDEO);
            long from = System.nanoTime();
            double ended = awaitBytes(TO_BYTES, ffmpeg);
            double seconds = (System.nanoTime() - from) / 1e9;
            assertEquals(LIMIT_KBPS, (ended - begun) * 8 / 1000 / seconds, LIMIT_KBPS * 0.15, () -> "kbit/s, measured for " + seconds + " s");
            assertEquals(25, (viewer.count(Kind.VIDEO) - frames) / seconds, 25 * 0.15, "pictures a second of a stream below the limit");
            other.ledger().requireExact("a viewer of another stream", Kind.VIDEO, viewer.frames(Kind.VIDEO), 200);
            assertTrue(ffmpeg.running(), () -> "the slow publisher is still there: " + ffmpeg.errors());
        }
    }

    /** Noise cannot be compressed, so the encoder needs all it may have. */
    private static Path fourMegabits(Path target) throws IOException {
        Ffmpeg.installed().make(target, List.of("-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25,noise=alls=100:allf=t", "-t", "10", "-c:v", "libx264", "-preset", "ultrafast", "-b:v",
            "4M", "-maxrate", "4M", "-bufsize", "1M", "-g", "25", "-pix_fmt", "yuv420p"));
        assertTrue(Files.size(target) > 4_000_000, () -> target + " is too small to be a greedy publisher's");
        return target;
    }

    /** Waits until the publisher's connection has brought so many bytes; how many there are then, as precisely as the list says it. */
    private static double awaitBytes(double wanted, Program publisher) {
        double[] seen = new double[1];
        Await.until(() -> seen[0] + " bytes came, " + wanted + " are awaited: " + publisher.errors(), Server.PATIENCE, () -> {
            seen[0] = bytesIn();
            return seen[0] >= wanted;
        });
        return seen[0];
    }

    /** Column IN of the connection that publishes. */
    private static double bytesIn() throws IOException {
        String row = SERVER.get().shell("sluice:connections").lines().filter(l -> l.contains("publish") && l.contains("greedy")).findFirst().orElse("");
        Matcher quantity = QUANTITY.matcher(row);
        return quantity.find() ? Double.parseDouble(quantity.group(1)) * switch (quantity.group(2)) {
            case "M" -> 1e6;
            case "k" -> 1e3;
            default -> 1;
        } : 0;
    }
}
