package io.sluice.itests.pushes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands that a running server feeds, and writers that come and go with their configuration. */
class CommandsIT {
    private static final int RATE = 25;

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();
    private static PushServer server;
    private static RtmpPublisher publisher;

    @BeforeAll
    static void start() throws IOException {
        server = SHARED.get();
        publisher = server.publish("fed");
    }

    @AfterAll
    static void stop() throws IOException {
        publisher.close();
    }

    private static int pictures(Path file) throws IOException {
        Ffmpeg.Probe probe = Ffmpeg.installed().packets(file.toString(), 60);
        assertEquals(List.of(), probe.warnings(), file.toString());
        return probe.times("video", "pts_time").size();
    }

    @Test
    void commandsAndWritersTakeStreams() throws IOException {
        String off = assertThrows(IOException.class, () -> server.push("fed", "ts-exec:cat")).getMessage();
        assertTrue(off.contains("not allowed"), off);
        server.conf("io.sluice.target.exec", "\"enabled\": true");
        Path writer = server.conf("io.sluice.target.exec.writer~mine", "\"name\": \"mine\"", "\"command\": \"sh -c 'cat > got.mkv; echo $0 $1' got\"", "\"schemes\": [\"foo\"]");
        awaitScheme("PushTarget foo", true);
        String id = server.push("fed", "foo://me:secret@host/$stream/x.mkv?duration=2");
        assertEquals("foo://host/fed/x.mkv", server.byId(id).get("TARGET"));
        Await.until(() -> "commands are allowed: " + server.server().log(), PushServer.PATIENCE, () -> server.push("fed", "mp4-exec:dd of=allowed.mp4 status=none?duration=1") != null);
        server.pushWhole("fed", "ts-exec:ffmpeg -loglevel error -i - -c copy -y out.mkv?duration=3");
        server.awaitEnd(id);
        assertEquals(3 * RATE, pictures(server.server().home().resolve("out.mkv")), 3);
        Path got = server.server().home().resolve("got.mkv");
        assertEquals(2 * RATE, pictures(got), 1);
        Files.delete(got);
        server.upgrade("io.sluice.target.exec");
        server.pushWhole("fed", "foo://host/x.mkv?duration=1");
        assertEquals(RATE, pictures(got), 1, "the new version has the writer, too");
        Files.delete(writer);
        awaitScheme("PushTarget foo", false);
        assertTrue(assertThrows(IOException.class, () -> server.push("fed", "foo://host/x.mkv")).getMessage().contains("no plugin pushes to 'foo:'"));
    }

    private static void awaitScheme(String service, boolean there) {
        Await.until(() -> service + ": " + server.server().log(), PushServer.PATIENCE, () -> server.server().shell("sluice:plugins").contains(service) == there);
    }
}
