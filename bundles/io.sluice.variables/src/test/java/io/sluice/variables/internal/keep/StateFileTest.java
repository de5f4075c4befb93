package io.sluice.variables.internal.keep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.variable.VariableChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    @TempDir
    Path folder;

    private static Kept kept(String name, String value) {
        return new Kept(name, "url", "given", value, name.equals("b"), name.equals("a"), 2, 3, 4,
            List.of(new VariableChange(name, "", "first", 1), new VariableChange(name, "first", value, 2)));
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        StateFile file = new StateFile(folder.resolve("data/values.jsonl"));
        Map<String, Kept> all = Map.of("a", kept("a", "line\nbreak \"$x\" \u2028 ü 😀"), "b", kept("b", ""), "c", kept("c", "half \ud83d"));
        file.write(all.values());
        StateFile.Content read = file.read();
        assertEquals(all, read.byName());
        assertTrue(read.sameProcess());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data/values.jsonl"))));
    }

    @Test
    void anotherProcessIsAnotherStart() throws IOException {
        Path path = folder.resolve("values.jsonl");
        StateFile file = new StateFile(path);
        file.write(List.of(kept("a", "x")));
        Files.writeString(path, Files.readString(path).replaceFirst("process .*", "process 1 of then"));
        assertFalse(file.read().sameProcess());
        assertEquals(1, file.read().byName().size());
    }

    @Test
    void aDamagedLineCostsOnlyItself() throws IOException {
        Path path = folder.resolve("values.jsonl");
        StateFile file = new StateFile(path);
        file.write(List.of(kept("a", "x"), kept("b", "y")));
        List<String> lines = Files.readAllLines(path);
        Files.write(path, List.of(lines.get(0), lines.get(1).substring(0, 40), "\u0000[]", "{\"name\":7}", lines.get(2)));
        assertEquals(Map.of("b", kept("b", "y")), file.read().byName());
    }

    @Test
    void noFileIsNoState() {
        assertEquals(Map.of(), new StateFile(folder.resolve("none")).read().byName());
    }
}
