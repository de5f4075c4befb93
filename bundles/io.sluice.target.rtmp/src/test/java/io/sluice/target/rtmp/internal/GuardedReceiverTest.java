package io.sluice.target.rtmp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.format.delivery.Clip;
import io.sluice.format.delivery.ClipReader;
import io.sluice.format.delivery.Told;
import io.sluice.format.rtmp.Message;
import io.sluice.testkit.Await;
import io.sluice.testkit.TestCertificate;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receivers that want a user and a password; ffmpeg vouches for how they ask. */
class GuardedReceiverTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    @TempDir
    private static Path folder;
    private static Path flv;
    private final Told told = new Told();

    @BeforeAll
    static void clip() throws IOException {
        flv = Ffmpeg.installed().clip(folder.resolve("clip.flv"), 4, 2);
    }

    private String push(Pushing pushing, Receiver receiver, String user) throws Exception {
        Clip clip = Clip.of(flv);
        pushing.start(receiver.url(user), Map.of(), new ClipReader(clip, true), clip.tracks(), told);
        return told.ended.get(30, TimeUnit.SECONDS);
    }

    private static void awaitWhole(Receiver receiver) {
        Await.until(() -> receiver.media(Message.VIDEO).size() + " pictures came", SOON, () -> receiver.media(Message.VIDEO).size() > 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"adobe", "llnw"})
    void ffmpegGetsIn(String method) throws Exception {
        Guard guard = new Guard(method);
        try (Receiver receiver = new Receiver(guard);
             Program ffmpeg = Ffmpeg.installed().run(List.of("-i", flv.toString(), "-c", "copy", "-f", "flv", receiver.url("joe:s3cret@")))) {
            ffmpeg.output(SOON);
            awaitWhole(receiver);
            assertEquals(1, guard.questions());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adobe", "llnw"})
    void soDoesAPush(String method) throws Exception {
        Guard guard = new Guard(method);
        try (Receiver receiver = new Receiver(guard); Pushing pushing = new Pushing()) {
            assertEquals("", push(pushing, receiver, "joe:s3cret@"));
            awaitWhole(receiver);
            assertEquals(1, guard.questions());
            assertEquals(3, receiver.connects.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adobe", "llnw"})
    void aWrongPasswordIsSaidOnceAndNotShown(String method) throws Exception {
        Guard guard = new Guard(method);
        try (Receiver receiver = new Receiver(guard); Pushing pushing = new Pushing()) {
            String end = push(pushing, receiver, "joe:wr0ngone@");
            assertTrue(end.startsWith("the receiver does not accept this user and password"), end);
            assertFalse(end.contains("wr0ngone"), end);
            assertEquals(1, guard.questions());
        }
    }

    @Test
    void overTlsToo() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder);
        Guard guard = new Guard("adobe");
        try (Receiver receiver = new Receiver(certificate.context().getServerSocketFactory(), guard); Pushing pushing = new Pushing(certificate.pem().toString())) {
            assertEquals("", push(pushing, receiver, "joe:s3cret@"));
            awaitWhole(receiver);
            assertEquals(1, guard.questions());
        }
    }
}
