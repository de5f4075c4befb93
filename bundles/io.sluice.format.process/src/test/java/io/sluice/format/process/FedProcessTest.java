package io.sluice.format.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FedProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path home;

    private final List<String> lines = new CopyOnWriteArrayList<>();

    private FedProcess sh(String script) throws IOException {
        return FedProcess.start(List.of("/bin/sh", "-c", script), Map.of("MINE", "a b"), home, lines::add, task -> new Thread(task).start());
    }

    private static int exit(FedProcess process) throws Exception {
        return process.exit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void whatIsWrittenArrivesInPiecesOfAnySizeAndEnds() throws Exception {
        byte[] bytes = new byte[1_000_000];
        new Random(1).nextBytes(bytes);
        FedProcess process = sh("cat > copy; echo \"$MINE\"");
        int size = 1;
        for (int at = 0; at < bytes.length; at += size) {
            size = Math.min(at == 0 ? 1 : 3 * size, bytes.length - at);
            process.write(bytes, at, size);
        }
        process.finish();
        assertEquals(0, exit(process));
        assertArrayEquals(bytes, Files.readAllBytes(home.resolve("copy")));
        assertEquals(List.of("a b"), lines);
    }

    @Test
    void bothOutputsAreLinesAndWhatIsWrittenOverIsNone() throws Exception {
        FedProcess process = sh("printf 'one\\r\\ntwo\\n'; printf '10 %%\\r20 %%\\r30 %%\\n\\n' >&2; printf 'last'; exit 3");
        assertEquals(3, exit(process));
        assertEquals(List.of("one", "two", "30 %", "last"), lines);
    }

    @Test
    void gigabytesOfLinesAreReadAndTheLastOnesTold() throws Exception {
        assertEquals(0, exit(sh("yes | head -c 30000000; echo over")));
        assertEquals("over", lines.get(lines.size() - 1));
        assertTrue(lines.size() < 100_000, "lines: " + lines.size());
    }

    @Test
    void oneThatReadsNoMoreIsSaid() throws Exception {
        FedProcess process = sh("exec 0<&-; echo shut; sleep 1000");
        Await.until("it has closed its input", PATIENCE, () -> lines.contains("shut"));
        assertThrows(IOException.class, () -> process.write(new byte[100], 0, 100));
        process.kill();
        assertEquals(143, exit(process));
    }

    @Test
    void aKillEndsAWriteThatWaitsAndAllThatWasStarted() throws Exception {
        FedProcess process = sh("trap '' TERM; sleep 1000 & echo $! > child; setsid sh -c 'echo $$ > detached; sleep 1000; :' > /dev/null 2>&1 & while :; do sleep 1000; done");
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            try {
                process.write(new byte[1_000_000], 0, 1_000_000);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Await.until("all run", PATIENCE, () -> started("child") && started("detached"));
        process.kill();
        assertEquals(137, exit(process));
        assertThrows(ExecutionException.class, () -> writing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        gone("child");
        gone("detached");
    }

    @Test
    void whatIsLeftBehindGoesWithIt() throws Exception {
        FedProcess process = sh("sleep 1000 & echo $! > child; exit 0");
        assertEquals(0, exit(process));
        gone("child");
    }

    @Test
    void whatCannotBeStartedIsNamed() {
        IOException e = assertThrows(IOException.class, () -> FedProcess.start(List.of("a\0b"), Map.of(), home, lines::add, Runnable::run));
        assertTrue(e.getMessage().contains("cannot be run"), e.getMessage());
    }

    private boolean started(String file) throws IOException {
        return Files.exists(home.resolve(file)) && Files.size(home.resolve(file)) > 0;
    }

    private void gone(String file) {
        Await.until(file + " is gone", PATIENCE, () -> !ProcessHandle.of(Long.parseLong(Files.readString(home.resolve(file)).strip())).map(ProcessHandle::isAlive).orElse(false));
    }
}
