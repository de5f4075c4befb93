package io.sluice.target.exec.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.format.container.ContainerFormat;
import io.sluice.format.delivery.Clip;
import io.sluice.testkit.Await;
import io.sluice.testkit.client.Ffmpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands really run, fed by a real loop. */
class CommandsTest {
    private static final int SECONDS = 4;

    @TempDir
    static Path folder;
    private static Path flv;

    @TempDir
    Path home;
    private Studio studio;

    @BeforeAll
    static void clip() throws IOException {
        flv = Ffmpeg.installed().clip(folder.resolve("clip.flv"), SECONDS, 2);
    }

    @BeforeEach
    void open() {
        studio = new Studio(home);
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private Studio.Push push(String target, Clip clip, boolean ends) {
        return studio.new Push(new CommandTarget(ContainerFormat.of(target.substring(0, target.indexOf('-'))).orElseThrow(), studio.commands), target, clip, ends);
    }

    private static void whole(Path file) throws IOException {
        Ffmpeg.Probe probe = Ffmpeg.installed().packets(file.toString(), 60);
        assertEquals(List.of(), probe.warnings(), file.toString());
        assertEquals(25 * SECONDS, probe.times("video", "pts_time").size(), file.toString());
        assertTrue(probe.times("audio", "pts_time").size() > 40 * SECONDS, file.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ts", "flv", "mkv", "mp4"})
    void aCommandGetsTheWholeStreamAndItsEnd(String format) throws Exception {
        Studio.Push push = push(format + "-exec:dd 'of=a $stream." + format + "' status=none", Clip.of(flv), true);
        assertEquals("", push.over(), push.told.notes.toString());
        assertEquals(format + "-exec:dd …", push.told.running.get(), "arguments are not shown");
        whole(home.resolve("a $stream." + format));
        assertEquals(Files.size(home.resolve("a $stream." + format)), push.told.out.get());
    }

    @Test
    void aStoppedPushEndsItsCommandInOrder() throws Exception {
        Clip clip = Clip.of(flv);
        Studio.Push push = push("mkv-exec:sh -c 'cat > out.mkv; echo tidy > tidied'", clip, false).taken(clip.frames.size());
        push.handle.close();
        assertEquals("", push.over());
        whole(home.resolve("out.mkv"));
        assertTrue(Files.exists(home.resolve("tidied")));
    }

    @Test
    void aValueStaysInItsWordAndNoShellReadsIt() throws Exception {
        studio.variables.put("room", "1; touch harm $(id) 'x");
        Studio.Push push = push("ts-exec:sh -c 'cat > /dev/null; printf \"[%s]\" \"$0\" \"$1\" \"$SLUICE_STREAM\"' --$room $stream", Clip.of(flv), true);
        assertEquals("", push.over());
        assertEquals(List.of("[--1; touch harm $(id) 'x][clip][clip]"), push.told.notes);
    }

    @Test
    void anExitCodeIsAProblemWithTheCommandsLastWord() throws Exception {
        Studio.Push push = push("ts-exec:sh -c 'head -c 1000 > /dev/null; echo opening; echo \"rtmp://me:secret@host/app/key refused\" >&2; exit 3'", Clip.of(flv), false);
        assertEquals("'sh' ended with exit code 3: rtmp://host/… refused", push.over());
        assertTrue(push.told.notes.containsAll(List.of("opening", "rtmp://host/… refused")), push.told.notes.toString());
    }

    @Test
    void oneThatEndsByItselfEndsThePush() throws Exception {
        assertEquals("", push("ts-exec:head -c 1000", Clip.of(flv), false).over());
    }

    @Test
    void oneThatEndsWhileTheStreamIsSilentIsNoticed() throws Exception {
        Clip clip = Clip.of(flv);
        clip.frames.subList(3, clip.frames.size()).clear();
        Studio.Push push = push("flv-exec:sh -c 'while [ ! -e go ]; do sleep 0.02; done; exit 4'", clip, false).taken(3);
        Files.createFile(home.resolve("go"));
        assertEquals("'sh' ended with exit code 4", push.over());
    }

    @Test
    void oneThatDoesNotReadIsCutWithItsChildrenAndTheLoopGoesOn() throws Exception {
        Studio.Push push = push("ts-exec:sh -c 'sleep 1000 & echo $! > child; wait'?timeout=1500ms", Clip.of(flv), false);
        Await.until("it runs", Studio.PATIENCE, () -> Files.exists(home.resolve("child")) && Files.size(home.resolve("child")) > 0);
        assertEquals("it answers", studio.loop.submit(() -> "it answers").get());
        assertEquals("'sh' took nothing for 1500 ms and was killed", push.over());
        gone("child");
    }

    @Test
    void oneThatDoesNotEndIsKilled() throws Exception {
        Studio.Push push = push("ts-exec:sh -c 'echo $$ > pid; cat > /dev/null; trap \"\" TERM; while :; do sleep 1000; done'?timeout=700ms", Clip.of(flv), true);
        assertEquals("'sh' has not ended within 700 ms of the end of its input and was killed", push.over());
        gone("pid");
    }

    @Test
    void whatRunsEndsWithTheBundle() throws Exception {
        Studio.Push push = push("ts-exec:sh -c 'echo $$ > pid; cat > /dev/null; sleep 1000'", Clip.of(flv), false);
        Await.until("it runs", Studio.PATIENCE, () -> Files.exists(home.resolve("pid")) && Files.size(home.resolve("pid")) > 0);
        studio.commands.close();
        assertEquals("the bundle io.sluice.target.exec stopped", push.over());
        gone("pid");
    }

    @Test
    void otherTracksStartACommandAgainWhoseFormatHasThemInItsHead() throws Exception {
        Clip clip = Clip.of(flv);
        clip.frames.addAll(Clip.of(flv).pictures().frames);
        Studio.Push push = push("mkv-exec:sh -c 'cat > part-$$.mkv'", clip, true);
        assertEquals("", push.over());
        try (Stream<Path> files = Files.list(home)) {
            List<Path> parts = files.toList();
            assertEquals(2, parts.size());
            for (Path part : parts) {
                assertEquals(25 * SECONDS, Ffmpeg.installed().packets(part.toString(), 60).times("video", "pts_time").size());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '|', value = {"ts-exec:;a command was wanted", "ts-exec:cat 'x;an apostrophe is not closed", "ts-exec:cat?split=3;a command has no parameter 'split'",
        "ts-exec:cat?timeout=soon;timeout: wanted seconds"})
    void whatCannotWorkIsSaidBefore(String target, String problem) {
        String said = assertThrows(IllegalArgumentException.class, () -> push(target, Clip.of(flv), true)).getMessage();
        assertTrue(said.startsWith(problem), said);
    }

    @Test
    void aProgramThatIsNotThereIsNamed() throws Exception {
        String said = push("ts-exec:no-such-program --x", Clip.of(flv), true).over();
        assertTrue(said.startsWith("'no-such-program' ended with exit code 127: ") && said.contains("No such file"), said);
    }

    @Test
    void nothingRunsThatIsNotAllowed() throws IOException {
        studio.commands.allow(false, 8);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> push("ts-exec:cat", Clip.of(flv), true)).getMessage().contains("not allowed"));
        studio.commands.allow(true, 1);
        push("ts-exec:cat", silence(), false);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> push("ts-exec:cat", Clip.of(flv), true)).getMessage().startsWith("1 commands of pushes run already"));
    }

    private static Clip silence() throws IOException {
        Clip clip = Clip.of(flv);
        clip.frames.clear();
        return clip;
    }

    private void gone(String file) {
        Await.until(file + " is gone", Studio.PATIENCE, () -> !ProcessHandle.of(Long.parseLong(Files.readString(home.resolve(file)).strip())).map(ProcessHandle::isAlive).orElse(false));
    }
}
