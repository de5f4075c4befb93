package io.sluice.trigger.exec.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.trigger.TriggerCall;
import io.sluice.api.trigger.TriggerEvent;
import io.sluice.testkit.Await;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The handler with real processes. */
class ExecTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path home;

    private ExecHandler handler;

    private record Config(int processes, String... roots) implements ExecHandler.Config {
        @Override
        public Class<? extends Annotation> annotationType() {
            return ExecHandler.Config.class;
        }
    }

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(home.resolve("triggers"));
        handler = new ExecHandler(home, new Config(2));
    }

    @AfterEach
    void close() {
        handler.close();
    }

    private String script(String name, String... lines) throws IOException {
        Path file = home.resolve("triggers").resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return name;
    }

    private static TriggerCall call(String target, String payload) {
        return new TriggerCall(TriggerEvent.of("USER_NEW", "show", "stream", "show"), "e-1", 0, payload, false, true, "maybe", 10_000, Map.of("target", target));
    }

    private String run(String target) throws Exception {
        return handler.handle(call(target, "show\n192.0.2.1")).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private String failure(String target) {
        return assertThrows(ExecutionException.class, () -> run(target)).getCause().getMessage();
    }

    @Test
    void theTypeIsAnArgumentThePayloadStandardInputAndWhatIsPrintedTheAnswer() throws Exception {
        String script = script("hook", "echo \"$#|$1|$MIST_TRIGGER|$MIST_TRIG_DEF|$SLUICE_TRIGGER|$SLUICE_TRIGGER_DEFAULT|$SLUICE_TRIGGER_EVENT\"", "cat");
        assertEquals("1|USER_NEW|USER_NEW|maybe|USER_NEW|maybe|e-1\nshow\n192.0.2.1", run(script));
        assertEquals(run(script), run(home.resolve("triggers/hook").toString()), "by its whole path");
    }

    @Test
    void aLongPayloadArrivesWhole() throws Exception {
        assertEquals("300000\n", handler.handle(call(script("count", "wc -c"), "x".repeat(300_000))).toCompletableFuture().get(20, TimeUnit.SECONDS));
    }

    @Test
    void nothingIsReadByAShell() throws Exception {
        String payload = "$(touch gone); `touch gone` \"'\\ ; rm -rf .";
        assertEquals(payload, handler.handle(call(script("echoing", "cat"), payload)).toCompletableFuture().get(20, TimeUnit.SECONDS));
        assertTrue(failure("echoing; touch gone").contains("there is no file"));
    }

    @Test
    void anAnswerCountsWhateverTheExitCodeAndAFailureWithoutAWordIsNone() throws Exception {
        assertEquals("false\n", run(script("grumpy", "echo false", "exit 3")));
        assertEquals("", run(script("quiet", "exit 0")));
        assertEquals("it ended with exit code 4: no such luck", failure(script("broken", "echo no such luck >&2", "exit 4")));
    }

    @Test
    void whoeverPrintsWithoutEndIsKilled() throws Exception {
        assertTrue(failure(script("flood", "exec yes")).contains("more than 65536 bytes"));
    }

    @Test
    void onlyExecutablesInsideTheFoldersAreRun() throws Exception {
        script("inside", "echo 1");
        Files.createSymbolicLink(home.resolve("triggers/link"), Path.of("/bin/true"));
        Files.writeString(home.resolve("triggers/plain"), "echo 1");
        for (String target : List.of("", "../triggers/../../bin/true", "link", "plain", "none", "a\0b", ".")) {
            assertTrue(!handler.problem(Map.of("target", target)).isEmpty(), target);
        }
        assertEquals("", handler.problem(Map.of("target", "inside")));
        assertEquals("", handler.problem(Map.of("target", "/bin/true")), "the administrator may name any program");
        handler.modified(new Config(2, home.resolve("triggers").toString()));
        assertTrue(handler.problem(Map.of("target", "/bin/true")).contains("outside"));
        assertEquals("1\n", run("inside"));
    }

    @Test
    void whenNobodyWaitsTheProcessGoesWithItsChildren() throws Exception {
        String script = script("hangs", "trap '' TERM", "sleep 1234 & echo $! > children", "echo $$ >> children", "sleep 1234");
        CompletableFuture<String> open = handler.handle(call(script, "x")).toCompletableFuture();
        Path children = home.resolve("children");
        Await.until("it runs", PATIENCE, () -> Files.exists(children) && Files.readAllLines(children).size() == 2);
        List<Long> pids = Files.readAllLines(children).stream().map(Long::parseLong).toList();
        open.cancel(true);
        Await.until("all are gone", PATIENCE, () -> pids.stream().noneMatch(p -> ProcessHandle.of(p).isPresent()));
    }

    @Test
    void whatRanBeforeAChangeOfProcessesEndsWithTheHandler() throws Exception {
        String script = script("stays", "echo $$ > pid", "exec sleep 1234");
        Path pid = home.resolve("pid");
        CompletableFuture<String> open = handler.handle(call(script, "x")).toCompletableFuture();
        Await.until("it runs", PATIENCE, () -> Files.exists(pid) && !Files.readString(pid).isBlank());
        handler.modified(new Config(5, ""));
        assertFalse(open.isDone());
        handler.close();
        Await.until("it is gone", PATIENCE, () -> ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).isEmpty());
    }

    @Test
    void soManyRunAtOnceAndTheOthersTakeTheirTurn() throws Exception {
        String script = script("turn", "echo x >> begun", "while [ ! -e go ]; do sleep 0.02; done", "echo 1");
        List<CompletableFuture<String>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(handler.handle(call(script, "x")).toCompletableFuture());
        }
        Path begun = home.resolve("begun");
        Await.until("two run", PATIENCE, () -> Files.exists(begun) && Files.readAllLines(begun).size() == 2);
        Await.until("who waits holds no thread", PATIENCE, () -> Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().equals("sluice-exec")).count() == 2);
        Files.writeString(home.resolve("go"), "");
        for (CompletableFuture<String> each : all) {
            assertEquals("1\n", each.get(20, TimeUnit.SECONDS));
        }
        Await.until("no thread is left", PATIENCE, () -> Thread.getAllStackTraces().keySet().stream().noneMatch(t -> t.getName().equals("sluice-exec")));
    }
}
