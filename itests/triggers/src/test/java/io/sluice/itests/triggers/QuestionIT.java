package io.sluice.itests.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.testkit.Await;
import io.sluice.testkit.HttpReceiver;
import io.sluice.testkit.HttpReceiver.Answer;
import io.sluice.testkit.HttpReceiver.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Web hooks and executables decide about real viewers. */
class QuestionIT {
    @TempDir
    static Path folder;
    private static TriggerServer server;
    private HttpReceiver hook;

    @BeforeAll
    static void start() throws IOException {
        server = new TriggerServer(folder).start();
        server.write("io.sluice.streams.stream~demoish", Map.of("name", "demoish", "source", "bundle:io.sluice.demo/demo.mp4?loop=true"));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close("questions");
    }

    @BeforeEach
    void open() {
        hook = HttpReceiver.saying("true");
    }

    @AfterEach
    void close() throws IOException {
        hook.close();
        for (String name : List.of("one", "two", "three")) {
            server.remove(name);
        }
    }

    private String target() {
        return hook.uri("/hook").toString();
    }

    private List<Received> received(String stream) {
        return hook.received().stream().filter(r -> r.body().startsWith(stream + "\n")).toList();
    }

    @Test
    void aWebHookGetsHeaderAndLinesAndItsAnswerDecides() throws IOException {
        server.trigger("one", "USER_NEW", "webhook", target());
        assertEquals(200, server.view("demo", "trg01").statusCode());
        Received got = received("demo").get(0);
        assertEquals("POST USER_NEW text/plain", got.method() + " " + got.headers().get("x-trigger") + " " + got.headers().get("content-type"));
        String[] lines = got.body().split("\n", -1);
        assertEquals(6, lines.length, got.body());
        assertEquals(List.of("demo", "127.0.0.1", "trg01", "hls"), List.of(lines).subList(0, 4));
        assertTrue(lines[4].endsWith("/hls/demo/index.m3u8?tkn=trg01"), lines[4]);
        assertTrue(lines[5].matches("[0-9a-f]{64}"), lines[5]);
        hook.answers(request -> Answer.of(200, "0"));
        assertEquals(403, server.view("demo", "trg01-refused").statusCode());
        assertEquals(200, server.view("demo", "trg01").statusCode(), "who was let in is not asked about again");
        assertEquals(2, received("demo").size());
        assertEquals("2", server.cell("one", "ASKED"));
        assertEquals("1", server.cell("one", "NO"));
    }

    @Test
    void anExecutableGetsTypeEnvironmentAndLines() throws IOException {
        Path out = server.script("log", "{ echo \"$1|$MIST_TRIGGER|$SLUICE_TRIGGER|$MIST_TRIG_DEF\"; cat; echo; } > $OUT.tmp; mv $OUT.tmp $OUT", "echo true");
        server.trigger("one", "USER_NEW", "exec", "log", "defaultAnswer", "perhaps");
        assertEquals(200, server.view("demo", "trg02").statusCode());
        List<String> lines = Files.readAllLines(out);
        assertEquals("USER_NEW|USER_NEW|USER_NEW|perhaps", lines.get(0));
        assertEquals(List.of("demo", "127.0.0.1", "trg02", "hls"), lines.subList(1, 5));
        server.script("log", "echo no");
        assertEquals(403, server.view("demo", "trg02-refused").statusCode());
    }

    @Test
    void theDefaultCountsWhenTheTimeIsOver() throws IOException {
        Path out = server.script("sleepy", "echo $$ > $OUT.tmp; mv $OUT.tmp $OUT", "sleep 20", "echo true");
        server.trigger("one", "USER_NEW", "exec", "sleepy", "defaultAnswer", "false", "timeoutMillis", 1000);
        assertEquals(403, server.view("demo", "trg03").statusCode());
        long pid = Long.parseLong(Files.readString(out).strip());
        Await.until("it is killed", TriggerServer.PATIENCE, () -> ProcessHandle.of(pid).isEmpty());
        assertEquals("1", server.cell("one", "LATE"));
        server.trigger("one", "USER_NEW", "exec", "sleepy", "defaultAnswer", "", "timeoutMillis", 300);
        Await.until("the change counts", TriggerServer.PATIENCE, () -> server.view("demo", "trg03-" + System.nanoTime()).statusCode() == 200);
    }

    @Test
    void aBaseNameStandsForItsKin() throws IOException {
        server.trigger("one", "USER_NEW", "webhook", target(), "streams", List.of("demo"));
        assertEquals(200, server.view("demo+b", "trg04").statusCode());
        assertEquals(1, received("demo+b").size());
        assertEquals(200, server.view("demo", "trg04").statusCode());
        assertEquals(1, received("demo").size());
        assertEquals(200, server.view("demoish", "trg04").statusCode());
        assertEquals(0, received("demoish").size());
    }

    @Test
    void allMustAgreeAndWhoIsOnlyToldRefusesNothing() throws IOException {
        try (HttpReceiver other = HttpReceiver.saying("0")) {
            server.trigger("one", "USER_NEW", "webhook", target());
            server.trigger("two", "USER_NEW", "webhook", other.uri("/").toString(), "blocking", false);
            assertEquals(200, server.view("demo", "trg05").statusCode());
            Await.until("the other is told", TriggerServer.PATIENCE, () -> other.received().size() == 1);
            server.remove("two");
            server.trigger("three", "USER_NEW", "webhook", other.uri("/").toString());
            assertEquals(403, server.view("demo", "trg05-refused").statusCode());
            Await.until("both were asked", TriggerServer.PATIENCE, () -> received("demo").size() == 2 && other.received().size() == 2);
        }
    }

    @Test
    void jsonHasNamesAndIsSigned() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "s3cr3t\n");
        server.trigger("one", "USER_NEW", "webhook", target(), "format", "json", "parameters", List.of("secretFile=" + secret));
        assertEquals(200, server.view("demo", "json").statusCode());
        Received got = hook.received().get(0);
        JsonNode json = new ObjectMapper().readTree(got.body());
        assertEquals("USER_NEW demo json hls", json.path("event").asText() + " " + json.path("stream").asText() + " " + json.path("fields").path("token").asText() + " "
            + json.path("fields").path("protocol").asText());
        assertTrue(got.headers().get("x-sluice-signature").matches("sha256=[0-9a-f]{64}"));
    }

    @Test
    void openQuestionsOutliveTheSwapOfHandlerAndEngine() throws Exception {
        CompletableFuture<Answer> late = new CompletableFuture<>();
        hook.answers(request -> request.body().contains("\nopen-") ? late.join() : Answer.of(200, "1"));
        server.trigger("one", "USER_NEW", "webhook", target(), "timeoutMillis", 50_000, "parameters", List.of("attemptMillis=50000"));
        CompletableFuture<Integer> first = server.viewing("demo", "open-1");
        Await.until("it is asked about", TriggerServer.PATIENCE, () -> hook.received().size() == 1);
        server.upgrade("io.sluice.trigger.webhook");
        CompletableFuture<Integer> second = server.viewing("demo", "open-2");
        Await.until("so is the next, by the new version", TriggerServer.PATIENCE, () -> hook.received().size() == 2);
        assertEquals(200, server.view("demo", "quick-1").statusCode());
        server.upgrade("io.sluice.triggers");
        Await.until(() -> "the new engine has the configuration: " + server.triggers(), TriggerServer.PATIENCE, () -> server.triggers().contains("one "));
        assertEquals(200, server.view("demo", "quick-2").statusCode());
        for (String quick : List.of("\nquick-1\n", "\nquick-2\n")) {
            assertEquals(1, hook.received().stream().filter(r -> r.body().contains(quick)).count(), quick + " is asked about once");
        }
        late.complete(Answer.of(200, "1"));
        assertEquals(200, first.get(30, TimeUnit.SECONDS));
        assertEquals(200, second.get(30, TimeUnit.SECONDS));
        server.downgrade("io.sluice.triggers");
        server.downgrade("io.sluice.trigger.webhook");
        hook.answers(request -> Answer.of(200, "0"));
        Await.until("the shipped engine asks", TriggerServer.PATIENCE, () -> server.view("demo", "again-" + System.nanoTime()).statusCode() == 403);
    }

    @Test
    void aHookThatHangsCostsOnlyThoseWhoAskedIt() throws Exception {
        CompletableFuture<Answer> never = new CompletableFuture<>();
        try (HttpReceiver hanging = HttpReceiver.start(request -> never.join())) {
            server.trigger("one", "USER_NEW", "webhook", hanging.uri("/").toString(), "streams", List.of("demoish"), "timeoutMillis", 20_000, "parameters", List.of("attemptMillis=20000"));
            server.trigger("two", "USER_NEW", "webhook", target(), "streams", List.of("demo"));
            CompletableFuture<Integer> stuck = server.viewing("demoish", "stuck");
            Await.until("it is asked", TriggerServer.PATIENCE, () -> hanging.received().size() == 1);
            for (int i = 0; i < 20; i++) {
                assertEquals(200, server.view("demo", "free-" + i).statusCode());
            }
            assertTrue(!stuck.isDone());
            never.complete(Answer.of(200, "no"));
            assertEquals(403, stuck.get(30, TimeUnit.SECONDS));
        }
    }
}
