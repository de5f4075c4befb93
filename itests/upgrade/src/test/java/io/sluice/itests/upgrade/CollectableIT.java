package io.sluice.itests.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testkit.Await;
import io.sluice.testkit.client.Program;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version that was replaced leaves nothing behind: its classes are collected while viewers that it served go on watching. */
class CollectableIT {
    private static final int SWAPS = 5;
    /** The shipped version stays loaded; of the others the JDK may keep the last whose record was compared (java.lang.runtime.ObjectMethods, up to JDK 17). */
    private static final int MOST_COPIES = 2;
    /** Netty samples buffers with the stack that made them, which holds the classes on it as long as the buffer lives: in the ring for a minute. */
    private static final String NO_SAMPLES = "-Dio.netty.leakDetection.level=disabled";

    @TempDir
    Path folder;
    private Broadcast broadcast;
    private Audience audience;

    @BeforeEach
    void everybodyWatches() throws Exception {
        broadcast = Broadcast.start("collectable", folder, NO_SAMPLES);
        audience = new Audience(broadcast, false);
    }

    @AfterEach
    void everybodyLeaves() throws Exception {
        if (audience != null) {
            audience.close();
        }
        broadcast.close();
    }

    @Test
    void afterManySwapsOnlyTheVersionInUseIsLoaded() throws Exception {
        try (RtmpPlayer demo = RtmpPlayer.open(broadcast.server().rtmp("live", "demo"))) {
            Await.until("demo plays", Broadcast.PATIENCE, () -> demo.count(Kind.VIDEO) > 10);
            swap("io.sluice.protocol.rtmp", "RtmpProtocol", "RtmpMuxer");
            swap("io.sluice.protocol.hls", "HlsRoute", "HlsSegmenter");
            swap("io.sluice.source.file", "FileSource", "Playback");
            swap("io.sluice.admin.player", "PlayerRoute", "StreamPages");
            assertEquals("", demo.ended());
            int seen = demo.count(Kind.VIDEO);
            Await.until("demo goes on", Broadcast.PATIENCE, () -> demo.count(Kind.VIDEO) > seen + 25);
        }
        audience.checkEveryPayload(100);
    }

    /** Two names: what its service is, and what does its work. */
    private void swap(String bundle, String service, String worker) throws Exception {
        Upgrade upgrade = Upgrade.of(broadcast.server(), bundle, folder);
        for (int i = 0; i < SWAPS; i++) {
            upgrade.up();
            audience.awaitPictures(5);
            upgrade.down();
            audience.awaitPictures(5);
        }
        for (String name : List.of(service, worker)) {
            String type = bundle + ".internal." + name;
            Await.until(() -> "at most " + MOST_COPIES + " copies of " + type + " after " + SWAPS + " swaps; there are " + copies(type) + "; instances:\n"
                + instances(bundle), Broadcast.PATIENCE, () -> collected() && copies(type) <= MOST_COPIES);
        }
        System.out.println(upgrade.times());
    }

    private boolean collected() {
        jcmd("GC.run");
        return true;
    }

    /** One line for each class loader that has loaded a class of this name. */
    private long copies(String type) {
        return jcmd("VM.class_hierarchy", type).lines().filter(l -> l.contains(type + "/")).count();
    }

    private String instances(String bundle) {
        return jcmd("GC.class_histogram").lines().filter(l -> l.contains(bundle)).collect(Collectors.joining("\n"));
    }

    private String jcmd(String... command) {
        List<String> all = new ArrayList<>(List.of(Path.of(System.getProperty("sluice.jdk"), "bin", "jcmd").toString(), Long.toString(broadcast.server().pid())));
        all.addAll(List.of(command));
        try (Program jcmd = Program.start(all)) {
            return jcmd.output(Duration.ofSeconds(30));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
