package io.sluice.variable.file.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.variable.Expansion;
import io.sluice.api.variable.VariableRequest;
import io.sluice.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSourceTest {
    @TempDir
    Path home;
    private Path files;
    private FileSource source;

    @BeforeEach
    void begin() throws IOException {
        files = Files.createDirectories(home.resolve("files"));
        source = new FileSource(home);
    }

    @AfterEach
    void end() {
        source.close();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(files.resolve(name), text);
    }

    @Test
    void theValueIsTheFileOrALineOfIt() throws Exception {
        write("now.txt", "\ufeffStudio 1\r\nStudio ö\n");
        assertEquals("Studio 1\r\nStudio ö\n", value(Map.of("target", "now.txt")));
        assertEquals("Studio 1", value(Map.of("target", "now.txt", "line", "1")));
        assertEquals("Studio ö", value(Map.of("target", files + "/now.txt", "line", "2")));
        assertEquals("there is no line 3", failure(Map.of("target", "now.txt", "line", "3")));
    }

    @Test
    void aPointerPicksOneValue() throws Exception {
        write("now.json", "{\"rooms\": [\"a\", \"b\"]}");
        assertEquals("b", value(Map.of("target", "now.json", "pointer", "/rooms/1")));
        write("huge.json", "[\"" + "x".repeat(1_100_000) + "\"]");
        assertEquals("the JSON document has more than 1048576 bytes", failure(Map.of("target", "huge.json", "pointer", "/0")));
    }

    @Test
    void aLongFileIsCutAtTheVariablesLimit() throws Exception {
        write("long.txt", "ö".repeat(10_000));
        assertEquals("ö".repeat(32), value(Map.of("target", "long.txt")));
        assertEquals("ö".repeat(64), value(Map.of("target", "long.txt", "line", "1")));
        assertEquals("ö".repeat(32), source.read(new VariableRequest("v", Map.of("target", "long.txt"), 1000, 65, Runnable::run)).toCompletableFuture().get(20, TimeUnit.SECONDS));
    }

    @Test
    void everyChangeIsSeen() throws Exception {
        for (int i = 0; i < 50; i++) {
            write("now.txt", "value " + (char) ('A' + i)); // the same size, mostly the same time
            assertEquals("value " + (char) ('A' + i), value(Map.of("target", "now.txt")));
        }
        FileTime old = FileTime.fromMillis(System.currentTimeMillis() - 100_000);
        Files.setLastModifiedTime(files.resolve("now.txt"), old);
        value(Map.of("target", "now.txt"));
        write("new.txt", "value !");
        Files.setLastModifiedTime(files.resolve("new.txt"), old);
        Files.move(files.resolve("new.txt"), files.resolve("now.txt"), StandardCopyOption.ATOMIC_MOVE);
        assertEquals("value !", value(Map.of("target", "now.txt")));
    }

    @Test
    void aSettledFileIsNotReadAgain() throws Exception {
        write("now.txt", "first");
        FileTime old = FileTime.fromMillis(System.currentTimeMillis() - 100_000);
        Files.setLastModifiedTime(files.resolve("now.txt"), old);
        assertEquals("first", value(Map.of("target", "now.txt")));
        write("now.txt", "other");
        Files.setLastModifiedTime(files.resolve("now.txt"), old);
        assertEquals("first", value(Map.of("target", "now.txt")));
    }

    @Test
    void aLinkThatMovesIsFollowedWithinTheFolders() throws Exception {
        Files.createDirectories(files.resolve("v1"));
        Files.createDirectories(files.resolve("v2"));
        write("v1/now.txt", "one");
        write("v2/now.txt", "two");
        Files.createSymbolicLink(files.resolve("current"), Path.of("v1"));
        assertEquals("one", value(Map.of("target", "current/now.txt")));
        Files.delete(files.resolve("current"));
        Files.createSymbolicLink(files.resolve("current"), Path.of("v2"));
        assertEquals("two", value(Map.of("target", "current/now.txt")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.txt", "/etc/passwd", "link.txt", "up/secret.txt", "../files-too/x.txt", "../no-such-file"})
    void whatLiesOutsideIsRefused(String target) throws IOException {
        Files.writeString(home.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(files.resolve("link.txt"), home.resolve("secret.txt"));
        Files.createSymbolicLink(files.resolve("up"), home);
        String why = failure(Map.of("target", target));
        assertTrue(why.contains("outside of the folders") && why.endsWith("'roots' of the configuration io.sluice.variable.file"), why);
    }

    @Test
    void aValueCannotLeaveItsStepOfThePath() throws Exception {
        write("a b.txt", "there");
        write("other.txt", "other");
        assertEquals("there", value("$v.txt", "a b"));
        assertEquals("there", value("./$v.txt", "a b"));
        assertTrue(assertThrows(ExecutionException.class, () -> value("./$v.txt", "x/../other")).getCause().getMessage().startsWith("'target': a file or folder's name was wanted"));
        assertTrue(assertThrows(ExecutionException.class, () -> value("$v.txt", "../secret")).getCause().getMessage().contains("outside of the folders"));
    }

    @Test
    void whatIsNoFileIsNamed() throws Exception {
        Files.createDirectories(files.resolve("folder"));
        assertTrue(failure(Map.of("target", "folder")).contains("a file was wanted"));
        assertTrue(failure(Map.of("target", "gone.txt")).contains("there is no file"));
        assertTrue(failure(Map.of("target", "a\0b")).contains("is no path"));
        Process pipe = new ProcessBuilder("mkfifo", files.resolve("pipe").toString()).start();
        assertEquals(0, pipe.waitFor());
        assertTrue(failure(Map.of("target", "pipe")).contains("a file was wanted"));
    }

    @Test
    void changesAreToldWithoutAsking() throws Exception {
        write("now.txt", "one");
        write("other.txt", "one");
        AtomicInteger changes = new AtomicInteger();
        AutoCloseable watch = source.watch(request(Map.of("target", "now.txt")), changes::incrementAndGet);
        assertNotNull(watch);
        write("other.txt", "two");
        assertEquals(0, changes.get());
        write("now.txt", "two");
        Await.until("told of a change", Duration.ofSeconds(10), () -> changes.get() > 0);
        int before = changes.get();
        write("new.txt", "three");
        Files.move(files.resolve("new.txt"), files.resolve("now.txt"), StandardCopyOption.ATOMIC_MOVE);
        Await.until("told of a replacement", Duration.ofSeconds(10), () -> changes.get() > before);
        watch.close();
        assertNull(source.watch(request(Map.of("target", "gone.txt")), changes::incrementAndGet));
    }

    @Test
    void theThreadEndsWithTheBundle() throws Exception {
        write("now.txt", "one");
        source.watch(request(Map.of("target", "now.txt")), () -> { });
        source.close();
        Await.until("no thread is left", Duration.ofSeconds(10), () -> Thread.getAllStackTraces().keySet().stream().noneMatch(t -> t.getName().equals("variable-file-watch")));
        assertNull(source.watch(request(Map.of("target", "now.txt")), () -> { }));
    }

    @Test
    void wrongParametersAreNamedBeforeAnythingIsRead() {
        assertEquals("", source.problem(request(Map.of("target", "x/$later.txt"))));
        assertTrue(source.problem(request(Map.of())).startsWith("'target' is empty"));
        assertTrue(source.problem(request(Map.of("target", "a", "line", "x"))).startsWith("'line'"));
        assertTrue(source.problem(request(Map.of("target", "a", "pointer", "x"))).startsWith("'pointer'"));
    }

    private String value(String template, String value) throws Exception {
        VariableRequest request = new VariableRequest("v", Map.of("target", "unused"), Map.of("target", template), t -> new Expansion(t.replace("$v", value), ""), 1000, 64, Runnable::run);
        return source.read(request).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private String value(Map<String, String> parameters) throws Exception {
        return source.read(request(parameters)).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private String failure(Map<String, String> parameters) {
        return assertThrows(ExecutionException.class, () -> value(parameters)).getCause().getMessage();
    }

    private static VariableRequest request(Map<String, String> parameters) {
        return new VariableRequest("v", parameters, 1000, 64, Runnable::run);
    }
}
