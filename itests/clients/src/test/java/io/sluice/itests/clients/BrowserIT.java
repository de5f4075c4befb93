package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.client.Chromium;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Program;
import io.sluice.testkit.media.ClipFrames;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a viewer sees in a real Chromium with its default autoplay policy. */
class BrowserIT {
    private static final String VIDEO = "document.querySelector('video')";

    @RegisterExtension
    static final Server SERVER = new Server();

    @TempDir
    Path folder;
    private Chromium browser;

    @BeforeEach
    void open() throws Exception {
        browser = Chromium.start();
    }

    @AfterEach
    void close() throws Exception {
        browser.close();
    }

    @Test
    void theDemoPlaysMutedAtOnceAndWithSoundAfterTheButton() throws Exception {
        playsWithSoundAfterTheButton("demo");
        assertEquals(List.of(), browser.failures());
    }

    @Test
    void aStreamThatFfmpegPublishesPlaysMutedAtOnceAndWithSoundAfterTheButton() throws Exception {
        try (Program ffmpeg = Ffmpeg.installed().publishTestPicture(URI.create(SERVER.publish("mine")))) {
            SERVER.awaitLive("mine");
            playsWithSoundAfterTheButton("mine");
            assertTrue(ffmpeg.running());
        }
        assertEquals(List.of(), browser.failures());
    }

    @Test
    void thePageSaysPlainlyThatThereIsNoSuchStreamYetAndPlaysWhenItComes() throws Exception {
        browser.navigate(SERVER.get().http("/later.html"));
        Await.until(() -> "the page says that the stream is not there: " + text(), Server.PATIENCE, () -> text().toLowerCase().contains("no such stream yet"));
        browser.screenshot(Server.output().resolve("no-such-stream.png"));
        try (Program ffmpeg = Ffmpeg.installed().publishTestPicture(URI.create(SERVER.publish("later")))) {
            Await.until(() -> "the page plays by itself: " + text() + ffmpeg.errors(), Server.PATIENCE, () -> number(VIDEO + ".getVideoPlaybackQuality().totalVideoFrames") > 50);
        }
    }

    @Test
    void thePageSaysThatNoKeyFrameComes() throws Exception {
        var clip = ClipFrames.of(Ffmpeg.installed().clip(folder.resolve("clip.flv"), 30, 0));
        var once = new AtomicBoolean();
        var withoutKeys = new FilteringIterator(clip.looped(0), f -> f.kind() != Kind.VIDEO || !f.key() || once.compareAndSet(false, true));
        try (RtmpPublisher publisher = RtmpPublisher.open(URI.create(SERVER.publish("keyless"))).start(withoutKeys, RtmpPublisher.Pace.REAL_TIME)) {
            browser.navigate(SERVER.get().http("/keyless.html"));
            Await.until(() -> "the page says so: " + text(), Server.PATIENCE, () -> text().toLowerCase().contains("no key frame for"));
            assertTrue(publisher.sending());
        }
        browser.screenshot(Server.output().resolve("no-key-frame.png"));
    }

    private void playsWithSoundAfterTheButton(String stream) throws Exception {
        browser.navigate(SERVER.get().http("/" + stream + ".html"));
        Await.until(() -> "300 frames of " + stream + " are decoded: " + text() + browser.console(), Server.PATIENCE,
            () -> number(VIDEO + ".getVideoPlaybackQuality().totalVideoFrames") >= 300);
        assertTrue(browser.evaluate(VIDEO + ".muted").asBoolean(), "starts muted");
        browser.screenshot(Server.output().resolve(stream + ".png"));
        listen();
        browser.click("#sound");
        Await.until("sound that is not silence", Server.PATIENCE, () -> !browser.evaluate(VIDEO + ".muted").asBoolean() && number("window.heard()") > 0.01);
        browser.screenshot(Server.output().resolve(stream + "-with-sound.png"));
    }

    /** Measures what comes out of the video element: the largest sample of the last moments. */
    private void listen() throws Exception {
        browser.evaluate("(() => { const c = new AudioContext(); const a = c.createAnalyser(); const v = " + VIDEO + ";"
            + "(v.srcObject ? c.createMediaStreamSource(v.srcObject) : c.createMediaElementSource(v)).connect(a); a.connect(c.destination);"
            + "document.addEventListener('click', () => c.resume()); const d = new Float32Array(a.fftSize);"
            + "window.heard = () => { a.getFloatTimeDomainData(d); return d.reduce((m, x) => Math.max(m, Math.abs(x)), 0); }; return true; })()");
    }

    private double number(String expression) throws Exception {
        return browser.evaluate(expression).asDouble();
    }

    private String text() {
        try {
            return browser.evaluate("document.body.innerText").asText();
        } catch (Exception e) {
            return e.toString();
        }
    }
}
