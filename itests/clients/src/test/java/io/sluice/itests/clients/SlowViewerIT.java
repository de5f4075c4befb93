package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.media.ClipFrames;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.media.MediaFrame;
import io.sluice.testkit.media.Seen;
import io.sluice.testkit.rtmp.RtmpPlayer;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A viewer that does not read loses its own frames and nobody else's. */
class SlowViewerIT {
    private static final int GOOD_VIEWERS = 10;
    private static final int PICTURES_A_SECOND = 25;
    /** Media that fills the socket's buffers, the server's high-water mark (1 MB) and the configured lag of 2 s, at 1 MB a second. */
    private static final int STUCK_SECONDS = 8;

    @RegisterExtension
    static final Server SERVER = new Server();

    @TempDir
    Path folder;

    @Test
    void oneThatStopsReadingGoesOnAtAKeyFrameAndTheOthersLoseNothing() throws Exception {
        Files.writeString(SERVER.get().home().resolve("conf/io.sluice.streams.stream~busy.cfg.json"), "{\"name\": \"busy\", \"source\": \"push://\", \"bufferMillis\": 2000}");
        Await.until("busy is configured", Server.PATIENCE, () -> SERVER.get().shell("sluice:streams").contains("busy"));
        ClipFrames clip = ClipFrames.of(eightMegabits(folder.resolve("busy.flv")));
        List<RtmpPlayer> good = new ArrayList<>();
        try (RtmpPublisher publisher = RtmpPublisher.open(URI.create(SERVER.publish("busy"))).start(clip.looped(0), RtmpPublisher.Pace.REAL_TIME);
            RtmpPlayer slow = RtmpPlayer.openShort(URI.create(SERVER.play("busy")))) {
            for (int i = 0; i < GOOD_VIEWERS; i++) {
                good.add(RtmpPlayer.open(URI.create(SERVER.play("busy"))));
            }
            awaitMore(good.get(0), 1);
            slow.reading(false);
            awaitMore(good.get(0), STUCK_SECONDS);
            slow.reading(true);
            awaitMore(good.get(0), 3);
            for (RtmpPlayer viewer : good) {
                assertEquals("", viewer.ended());
                publisher.ledger().requireExact("a viewer that reads", Kind.VIDEO, viewer.frames(Kind.VIDEO), STUCK_SECONDS * PICTURES_A_SECOND);
            }
            assertEquals("", slow.ended());
            assertEquals(List.of(), slow.faults());
            goesOnAtAKeyFrame(clip, publisher.ledger().published(Kind.VIDEO), slow.frames(Kind.VIDEO));
        } finally {
            for (RtmpPlayer viewer : good) {
                viewer.close();
            }
        }
    }

    private static void awaitMore(RtmpPlayer viewer, int seconds) {
        int wanted = viewer.count(Kind.VIDEO) + seconds * PICTURES_A_SECOND;
        Await.until(() -> viewer.count(Kind.VIDEO) + " pictures of " + wanted + " came " + viewer.ended(), Duration.ofSeconds(seconds + 20L), () -> viewer.count(Kind.VIDEO) >= wanted);
    }

    /** Walks along what was published: once a part is skipped, what follows begins with a key frame. */
    private static void goesOnAtAKeyFrame(ClipFrames clip, List<Seen> published, List<Seen> received) {
        Set<String> keys = clip.media().stream().filter(MediaFrame::key).map(MediaFrame::hash).collect(Collectors.toSet());
        int skipped = 0;
        int place = published.indexOf(received.get(0));
        for (Seen frame : received) {
            int found = place + published.subList(place, published.size()).indexOf(frame);
            assertTrue(found >= place, () -> "the frame at " + frame.millis() + " ms was not published at that time, or came before");
            if (found > place) {
                skipped += found - place;
                assertTrue(keys.contains(frame.hash()), () -> "goes on in the middle of a GOP, at " + frame.millis() + " ms");
            }
            place = found + 1;
        }
        assertTrue(skipped > 0, "nothing was skipped: the viewer was never behind");
        assertTrue(published.size() - place < 3 * PICTURES_A_SECOND, "the viewer is at the live point again");
    }

    /** Noise cannot be compressed, so the encoder needs all it may have. */
    private static Path eightMegabits(Path target) throws Exception {
        Ffmpeg.installed().make(target, List.of("-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25,noise=alls=100:allf=t", "-t", "10", "-c:v", "libx264", "-preset", "ultrafast", "-b:v", "8M",
            "-maxrate", "8M", "-bufsize", "2M", "-g", "25", "-pix_fmt", "yuv420p"));
        assertTrue(Files.size(target) > 8_000_000, () -> target + " is too small to make anybody slow");
        return target;
    }
}
