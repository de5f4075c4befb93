package io.sluice.format.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRunnerTest {
    @TempDir
    Path home;

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final ProcessRunner runner = new ProcessRunner(8, 8);

    @AfterEach
    void end() {
        runner.close();
        workers.shutdownNow();
    }

    @Test
    void outputAndExitCodeAndTheFirstLineOfErrorsComeBack() throws Exception {
        ProcessResult result = now(runner.run(sh("echo out; echo first >&2; echo second >&2; exit 3", 20_000, 100), workers));
        assertEquals(new ProcessResult(3, "out\n", false, "first"), result);
    }

    @Test
    void argumentsAreNotReadByAShell() throws Exception {
        ProcessResult result = now(runner.run(call(List.of("printf", "[%s]", "a b", "$HOME", "`id`", "*", "'\"\\"), Map.of(), new byte[0], 20_000, 100), workers));
        assertEquals("[a b][$HOME][`id`][*]['\"\\]", result.output());
    }

    @Test
    void inputOfAnySizeArrivesAndEnds() throws Exception {
        for (int bytes : new int[] {0, 10, 4096, 300_000}) {
            ProcessResult result = now(runner.run(call(List.of("wc", "-c"), Map.of(), new byte[bytes], 20_000, 100), workers));
            assertEquals(bytes, Integer.parseInt(result.output().strip()));
        }
    }

    @Test
    void inputThatNobodyReadsIsNoFault() throws Exception {
        assertEquals(0, now(runner.run(call(List.of("true"), Map.of(), new byte[300_000], 20_000, 100), workers)).exitCode());
    }

    @Test
    void theServersOwnSettingsAreNotHandedOn() throws Exception {
        ProcessResult result = now(runner.run(call(List.of("env"), Map.of("MINE", "a b\nc"), new byte[0], 20_000, 10_000), workers));
        assertTrue(result.output().contains("MINE=a b\nc\n"), result.output());
        assertTrue(result.output().lines().noneMatch(l -> l.startsWith("SLUICE_") && !l.startsWith("SLUICE_RUN=")), result.output());
    }

    @Test
    void gigabytesAreCutAtTheLimitAndTheProcessIsKilled() throws Exception {
        ProcessResult result = now(runner.run(sh("echo $$ > pid; yes ö", 60_000, 1000), workers));
        assertTrue(result.cut());
        assertEquals("ö\n".repeat(333), result.output());
        gone("pid");
    }

    @Test
    void gigabytesOfErrorsAreDropped() throws Exception {
        ProcessResult result = now(runner.run(sh("head -c 30000000 /dev/zero >&2; echo done", 60_000, 100), workers));
        assertEquals("done\n", result.output());
    }

    @Test
    void whatNeverEndsIsKilledWithItsChildrenAndThose() throws Exception {
        IOException failure = fails(sh("echo $$ > pid; sh -c 'echo $$ > child; sh -c \"echo \\$\\$ > grandchild; sleep 1000; :\"; :'; :", 1500, 100));
        assertEquals("it did not end within 1500 ms and was killed", failure.getMessage());
        gone("pid");
        gone("child");
        gone("grandchild");
    }

    @Test
    void sigtermCanBeIgnoredSigkillCannot() throws Exception {
        fails(sh("trap '' TERM INT HUP; echo $$ > pid; while :; do sleep 1000; done", 700, 100));
        gone("pid");
    }

    @Test
    void sigtermComesFirst() throws Exception {
        fails(sh("trap 'echo tidy > tidied; exit 0' TERM; echo $$ > pid; while :; do sleep 0.02; done", 700, 100));
        gone("pid");
        Await.until("tidied", Duration.ofSeconds(10), () -> Files.exists(home.resolve("tidied")));
    }

    @Test
    void whoLeavesTheGroupIsFoundAllTheSame() throws Exception {
        fails(sh("setsid sh -c 'echo $$ > detached; trap \"\" TERM; sleep 1000; :' > /dev/null 2>&1 < /dev/null & echo $$ > pid; sleep 1000", 1500, 100));
        gone("pid");
        gone("detached");
    }

    @Test
    void aSmallForkBombIsPutOut() throws Exception {
        fails(sh("echo $$ > pid; i=0; while [ $i -lt 60 ]; do (trap '' TERM; while :; do sleep 5; done) & i=$((i+1)); done; wait", 1500, 100));
        gone("pid");
        Await.until(() -> "left: " + marks(), Duration.ofSeconds(20), () -> marks().isEmpty());
    }

    @Test
    void whatACommandLeftBehindGoesWithTheRunner() throws Exception {
        now(runner.run(sh("sleep 1000 & echo $! > left; echo value", 20_000, 100), workers));
        assertTrue(lives("left"));
        CompletableFuture<ProcessResult> last = runner.run(sh("echo $$ > pid; sleep 1000", 60_000, 100), workers);
        Await.until("started", Duration.ofSeconds(10), () -> Files.exists(home.resolve("pid")));
        runner.close();
        assertTrue(last.isCancelled());
        gone("pid");
        gone("left");
    }

    @Test
    void whatIsLeftGoesWithARunnerThatRunsNothingAnyMore() throws Exception {
        now(runner.run(sh("sleep 1000 & echo $! > left; setsid sh -c 'echo $$ > detached; sleep 1000; :' > /dev/null 2>&1 < /dev/null & echo value", 20_000, 100), workers));
        Await.until("it has left its group", Duration.ofSeconds(10), () -> Files.exists(home.resolve("detached")) && Files.size(home.resolve("detached")) > 0);
        assertTrue(lives("left") && lives("detached"));
        runner.close();
        gone("left");
        gone("detached");
    }

    @Test
    void cancellingEndsIt() throws Exception {
        CompletableFuture<ProcessResult> result = runner.run(sh("echo $$ > pid; sleep 1000", 60_000, 100), workers);
        Await.until("started", Duration.ofSeconds(10), () -> Files.exists(home.resolve("pid")) && Files.size(home.resolve("pid")) > 0);
        result.cancel(false);
        gone("pid");
    }

    @Test
    void soManyRunAndSoManyWait() throws Exception {
        ProcessRunner small = new ProcessRunner(1, 1);
        CompletableFuture<ProcessResult> first = small.run(sh("> running; while [ ! -e go ]; do sleep 0.02; done; echo 1", 60_000, 100), workers);
        Await.until("it runs", Duration.ofSeconds(10), () -> Files.exists(home.resolve("running")));
        CompletableFuture<ProcessResult> second = small.run(sh("echo 2", 60_000, 100), Runnable::run);
        CompletableFuture<ProcessResult> third = small.run(sh("echo 3", 60_000, 100), workers);
        assertEquals("1 commands run and 1 wait already", assertThrows(ExecutionException.class, third::get).getCause().getMessage());
        assertFalse(second.isDone());
        Files.createFile(home.resolve("go"));
        assertEquals("1\n", now(first).output());
        assertEquals("2\n", now(second).output());
        small.close();
        assertThrows(ExecutionException.class, () -> small.run(sh("echo 4", 60_000, 100), workers).get());
    }

    @Test
    void moreRunAtOnceAsSoonAsTheyMay() throws Exception {
        ProcessRunner small = new ProcessRunner(1, 1);
        CompletableFuture<ProcessResult> first = small.run(sh("> running; while [ ! -e go ]; do sleep 0.02; done; echo 1", 60_000, 100), workers);
        Await.until("it runs", Duration.ofSeconds(10), () -> Files.exists(home.resolve("running")));
        CompletableFuture<ProcessResult> second = small.run(sh("echo 2", 60_000, 100), workers);
        small.maxRunning(2);
        assertEquals("2\n", now(second).output());
        small.maxRunning(1);
        Files.createFile(home.resolve("go"));
        assertEquals("1\n", now(first).output());
        assertEquals("3\n", now(small.run(sh("echo 3", 60_000, 100), workers)).output());
        small.close();
    }

    @Test
    void aPoolThatIsClosedEndsWhatRunsAndKeepsNoPlace() throws Exception {
        ProcessRunner small = new ProcessRunner(1, 10);
        ExecutorService closing = Executors.newFixedThreadPool(1);
        small.run(sh("trap '' TERM; echo $$ > pid; while :; do sleep 1000; done", 60_000, 100), closing);
        Await.until("it runs", Duration.ofSeconds(10), () -> Files.exists(home.resolve("pid")) && Files.size(home.resolve("pid")) > 0);
        CompletableFuture<ProcessResult> waiting = small.run(sh("echo 2", 60_000, 100), workers);
        small.run(sh("echo never", 60_000, 100), closing);
        closing.shutdownNow();
        gone("pid");
        assertEquals("2\n", now(waiting).output());
        assertEquals("3\n", now(small.run(sh("echo 3", 60_000, 100), workers)).output());
        small.close();
    }

    @Test
    void whatCannotBeStartedIsNamed() throws Exception {
        ProcessCall nowhere = new ProcessCall(List.of("echo"), Map.of(), home.resolve("missing"), new byte[0], 20_000, 100);
        assertTrue(fails(nowhere).getMessage().startsWith("'echo' cannot be run: "));
        ProcessResult unknown = now(runner.run(call(List.of("no-such-program"), Map.of(), new byte[0], 20_000, 100), workers));
        assertEquals(127, unknown.exitCode());
        assertTrue(unknown.errorLine().contains("no-such-program"), unknown.errorLine());
        assertTrue(fails(call(List.of("echo", "a\0b"), Map.of(), new byte[0], 20_000, 100)).getMessage().contains("cannot be run"));
    }

    private List<ProcessHandle> marks() {
        return ProcessHandle.allProcesses().filter(p -> p.info().commandLine().orElse("").contains("trap '' TERM; while")).toList();
    }

    private boolean lives(String file) throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(home.resolve(file)).strip())).map(ProcessHandle::isAlive).orElse(false);
    }

    private void gone(String file) {
        Await.until(file + " is gone", Duration.ofSeconds(20), () -> !lives(file));
    }

    private ProcessCall sh(String script, long timeoutMillis, int maxBytes) {
        return call(List.of("/bin/sh", "-c", script), Map.of(), new byte[0], timeoutMillis, maxBytes);
    }

    private ProcessCall call(List<String> command, Map<String, String> environment, byte[] input, long timeoutMillis, int maxBytes) {
        return new ProcessCall(command, environment, home, input, timeoutMillis, maxBytes);
    }

    private IOException fails(ProcessCall call) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> now(runner.run(call, workers)));
        return assertInstanceOf(IOException.class, e.getCause());
    }

    private static ProcessResult now(CompletableFuture<ProcessResult> result) throws Exception {
        return result.get(60, TimeUnit.SECONDS);
    }
}
