package io.sluice.target.file.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.target.file.internal.recording.RecordingOptions;
import io.sluice.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where recordings may lie, and what is refused. */
class PlacesTest {
    @TempDir
    Path home;
    private Path root;
    private Studio studio;

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectories(home.resolve("recordings"));
        Files.createDirectories(home.resolve("elsewhere"));
        Files.createSymbolicLink(root.resolve("out"), home.resolve("elsewhere"));
        Files.createSymbolicLink(root.resolve("link.ts"), home.resolve("elsewhere/x.ts"));
        Files.createSymbolicLink(root.resolve("up"), home);
        Files.createDirectories(root.resolve("folder.ts"));
        studio = new Studio(root);
    }

    @AfterEach
    void close() throws IOException {
        studio.close();
        try (Stream<Path> outside = Files.list(home.resolve("elsewhere"))) {
            assertEquals(List.of(), outside.toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x.ts", "a/../../x.ts", "/etc/x.ts", "out/x.ts", "up/x.ts", "up/elsewhere/x.ts", "link.ts", "out/new/folder/x.ts", "../recordings-too/x.ts"})
    void whatLiesOutsideIsRefused(String target) {
        String why = studio.start(target).play(Film.of(0, 0, Film.SECOND)).over();
        assertTrue(why.contains("outside of the folders") || why.contains("there is no file"), why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$evil.ts", "a/$evil.ts", "$evil/x.ts", "/$evil.ts", "x$evil.ts"})
    void aValueNeverLeavesItsStep(String target) {
        studio.variables.put("evil", "../../elsewhere/x");
        String why = studio.start(target).play(Film.of(0, 0, Film.SECOND)).over();
        assertTrue(why.contains("a file or folder's name was wanted"), why);
    }

    @Test
    void aSymbolicLinkInsideTheRootIsFine() throws IOException {
        Files.createSymbolicLink(root.resolve("in"), Files.createDirectories(root.resolve("real")));
        assertEquals("", studio.start("in/x.ts").play(Film.of(0, 0, Film.SECOND)).finish());
        assertTrue(Files.size(root.resolve("real/x.ts")) > 0);
    }

    @ParameterizedTest
    @CsvSource({"folder.ts, a file was wanted", "link.ts/x.ts, there is no file", "$nobody.ts, no variable has the name"})
    void whatIsNoPlaceForAFileIsSaid(String target, String why) {
        String said = studio.start(target).play(Film.of(0, 0, Film.SECOND)).over();
        assertTrue(said.contains(why), said);
    }

    @Test
    void aFileInAPlaceOfAFolderIsSaid() throws IOException {
        Files.writeString(root.resolve("notes"), "text");
        String why = studio.start("notes/x.ts").play(Film.of(0, 0, Film.SECOND)).over();
        assertTrue(why.contains("is no folder") || why.contains("cannot be written"), why);
    }

    @Test
    void aFolderThatIsMissingIsNotMade() {
        studio.close();
        studio = new Studio(home.resolve("not-mounted"));
        String why = studio.start("x.ts").play(Film.of(0, 0, Film.SECOND)).over();
        assertEquals("there is no folder " + home.resolve("not-mounted"), why);
        assertFalse(Files.exists(home.resolve("not-mounted")));
    }

    @Test
    void aFileThatIsBeingWrittenIsLeftAlone() throws Exception {
        Studio.Push first = studio.start("x.ts").play(Film.of(0, 0, 5 * Film.SECOND));
        Await.until("a file", Duration.ofSeconds(5), () -> first.bytes > 0);
        String why = studio.start("x.ts").play(Film.of(0, 0, Film.SECOND)).over();
        assertTrue(why.endsWith("x.ts is being written by another push"), why);
        assertEquals("", first.close());
        assertEquals(first.bytes, Files.size(root.resolve("x.ts")));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"x.mov, '', a recording's name must end in one of", "x, '', a recording's name must end in one of",
        "x.ts, splt=5, 'splt': a recording has no such parameter", "x.ts, split=5, 'split': the name must contain a variable", "x.ts, m3u8=x.m3u8, 'm3u8': the segments' name must contain",
        "x.ts, split=soon, 'split': seconds were wanted", "x.ts, maxEntries=5, 'maxEntries': wanted together with m3u8", "x.ts, segment=y.ts, 'segment': wanted together with split",
        "x.wav, append=1, 'append': an .wav file", "x.ts, keepCount=-1, 'keepCount': a number was wanted"})
    void whatATargetCannotBeIsSaidBeforeItIsOpened(String target, String parameter, String why) {
        Map<String, String> parameters = parameter.equals("''") ? Map.of() : Map.of(parameter.split("=")[0], parameter.split("=")[1]);
        String said = assertThrows(IllegalArgumentException.class, () -> RecordingOptions.of(target, parameters)).getMessage();
        assertTrue(said.startsWith(why), said);
    }
}
