package io.sluice.itests.pushes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.HttpReceiver;
import io.sluice.testkit.HttpReceiver.Answer;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A web hook that is asked where pushes go and told what became of them: line by line what MistServer's would get (PSH-05, 20, 21). */
@Tag("once")
class EventsIT {
    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();
    private static PushServer server;
    private static RtmpPublisher publisher;
    private static HttpReceiver hook;

    @BeforeAll
    static void start() throws IOException {
        server = SHARED.get();
        hook = HttpReceiver.saying("");
        trigger("out", "PUSH_OUT_START", true);
        trigger("end", "PUSH_END", false);
        trigger("recorded", "RECORDING_END", false);
        publisher = server.publish("asked");
    }

    private static void trigger(String name, String type, boolean blocking) throws IOException {
        server.conf("io.sluice.triggers.trigger~" + name, "\"type\": \"" + type + "\"", "\"handler\": \"webhook\"", "\"target\": \"" + hook.uri("/" + name) + "\"",
            "\"blocking\": " + blocking, "\"streams\": [\"asked\"]");
        Await.until(() -> name + " is configured: " + server.server().log(), PushServer.PATIENCE, () -> server.server().shell("sluice:triggers").lines().anyMatch(l -> l.startsWith(name + " ")));
    }

    @AfterAll
    static void stop() throws IOException {
        publisher.close();
        hook.close();
    }

    private static List<HttpReceiver.Received> told(String path, String word) {
        return hook.received().stream().filter(r -> r.path().equals(path) && r.body().contains(word)).toList();
    }

    private static String only(String path, String word) {
        Await.until(() -> path + " is told of " + word + ": " + hook.received() + "\n" + server.server().log(), PushServer.PATIENCE, () -> !told(path, word).isEmpty());
        assertEquals(1, told(path, word).size(), "once");
        return told(path, word).get(0).body();
    }

    @Test
    void theAnswerIsWhereItGoesAndTheEndIsTold() throws IOException {
        hook.answers(r -> Answer.of(200, r.path().equals("/out") ? "there/second.ts" : ""));
        long before = System.currentTimeMillis() / 1000;
        String id = server.push("asked", "first.ts");
        Path file = server.recording("there/second.ts");
        Await.until("it grows", PushServer.PATIENCE, () -> Files.exists(file) && Files.size(file) > 100_000);
        server.server().shell("sluice:pushstop " + id);
        assertEquals("asked\nfirst.ts", only("/out", "first.ts"));
        assertFalse(Files.exists(server.recording("first.ts")));

        List<String> end = only("/end", id).lines().toList();
        assertEquals(List.of(id, "asked", "first.ts", file.toString()), end.subList(0, 4));
        assertTrue(end.get(4).matches("\\[\\[\\d+,\"INFO\",\".*\"]]"), end.get(4));
        assertTrue(end.get(5).matches("\\{\"mediatime\":[1-9]\\d*,\"tracks\":\\[\\d,\\d],\"bytes\":" + Files.size(file) + ",\"active_seconds\":\\d+,\"pkt_loss_perc\":0,\"pkt_loss_count\":0,\"pkt_retrans_count\":0}"), end.get(5));
        assertEquals(6, end.size());

        String payload = only("/recorded", "second.ts");
        assertTrue(payload.endsWith("\n"), "MistServer's has a line's end here");
        List<String> recorded = payload.lines().toList();
        assertEquals(List.of("asked", file.toString(), "TS", Long.toString(Files.size(file))), recorded.subList(0, 4));
        List<Long> numbers = recorded.subList(4, 10).stream().map(Long::parseLong).toList();
        assertEquals(10, recorded.size());
        assertEquals(numbers.get(2) - numbers.get(1), numbers.get(0), 1, "seconds spent, Unix start and end");
        assertTrue(numbers.get(1) >= before && numbers.get(2) <= System.currentTimeMillis() / 1000, numbers.toString());
        assertEquals(numbers.get(5) - numbers.get(4), numbers.get(3), "media: length, first and last time");
        Ffmpeg.Probe probe = Ffmpeg.installed().packets(file.toString(), 60);
        assertEquals(List.of(), probe.warnings());
        assertEquals(numbers.get(3) / 40.0 + 1, probe.times("video", "pts_time").size(), 2);
    }

    @Test
    void anEmptyAnswerIsNoPush() throws IOException {
        hook.answers(r -> Answer.of(200, ""));
        String said = assertThrows(IOException.class, () -> server.push("asked", "none.ts")).getMessage();
        assertTrue(said.contains("PUSH_OUT_START"), said);
        assertFalse(Files.exists(server.recording("none.ts")));
        assertEquals("asked\nnone.ts", only("/out", "none.ts"));
    }
}
