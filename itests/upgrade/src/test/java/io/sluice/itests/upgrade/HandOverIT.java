package io.sluice.itests.upgrade;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protocol bundles are swapped while ffmpeg and a publisher of our own publish and RTMP, HLS and hls.js viewers watch. Nothing closes, nothing fails,
 * every payload comes once and only once.
 */
class HandOverIT {
    private static final int TIMES = Boolean.getBoolean("sluice.long") ? 50 : 10;

    @TempDir
    Path folder;
    private Broadcast broadcast;
    private Audience audience;

    @BeforeEach
    void everybodyWatches() throws Exception {
        broadcast = Broadcast.start("hand-over", folder);
        audience = new Audience(broadcast, true);
    }

    @AfterEach
    void everybodyLeaves() throws Exception {
        if (audience != null) {
            audience.close();
        }
        broadcast.close();
    }

    @Test
    void aNewerRtmpAndThenANewerHlsTakeOverAndGiveBackWithoutALostFrame() throws Exception {
        Upgrade rtmp = Upgrade.with(broadcast.server(), "io.sluice.protocol.rtmp", "defaultChunkSize=1024\nsnapshotSchema=2\n", folder);
        Upgrade segments = Upgrade.with(broadcast.server(), "io.sluice.protocol.hls", "patIntervalPackets=7\naudioFramesPerPes=1\nsnapshotSchema=2\n", folder);
        for (int i = 0; i < TIMES; i++) {
            rtmp.up();
            audience.checkNobodyNoticed();
            rtmp.down();
            audience.checkNobodyNoticed();
        }
        for (int i = 0; i < TIMES; i++) {
            segments.up();
            audience.awaitSegments(2);
            audience.checkNobodyNoticed();
            segments.down();
            audience.awaitSegments(2);
            audience.checkNobodyNoticed();
        }
        audience.checkBothVersionsWereOnTheWire();
        audience.checkEveryPayload(1000);
        System.out.println(rtmp.times());
        System.out.println(segments.times());
    }
}
