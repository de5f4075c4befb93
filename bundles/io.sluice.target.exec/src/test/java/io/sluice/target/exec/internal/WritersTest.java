package io.sluice.target.exec.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.push.PushAddress;
import io.sluice.format.delivery.Clip;
import io.sluice.testkit.client.Ffmpeg;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritersTest {
    @TempDir
    Path home;
    private Studio studio;

    @BeforeEach
    void open() {
        studio = new Studio(home);
        studio.commands.allow(false, 8); // writers need no leave
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private static Writer writer(String command, String... schemes) {
        return Writer.of(new Hashtable<>(Map.of("name", "mine", "command", command, "schemes", schemes)));
    }

    @Test
    void aWriterGetsTheFormatOfTheAddressAndTheAddressLast() throws Exception {
        Path flv = Ffmpeg.installed().clip(home.resolve("clip.flv"), 2, 0);
        studio.variables.put("room", "a b/../c");
        WriterTarget target = new WriterTarget(writer("sh -c 'cat > out; head -c 4 out | od -An -tx1; echo \"$1 $2\"' sh \"to $stream\"", "foo"), studio.commands);
        Studio.Push push = studio.new Push(target, "foo://me:secret@host/$room/x.mkv?token=$stream", Clip.of(flv), true);
        assertEquals("", push.over());
        assertEquals(List.of("1a 45 df a3", "to clip foo://host/…"), push.told.notes);
        assertEquals("foo://me:secret@host/a%20b%2F..%2Fc/x.mkv?token=clip", push.told.running.get(), "the core shows it without its secrets");
        assertEquals("h264", Ffmpeg.installed().packets(home.resolve("out").toString(), 10).codec("video"));
    }

    @ParameterizedTest
    @CsvSource({"foo://host/x, ''", "foo://host.ts, ''", "foo://host/a.b/x, ''", "foo://host/x.exe, x.exe", "foo:x.ts, ok", "foo://host/x.TS?token=1.mp4, ok", "foo://host/a/$stream.flv, ok"})
    void theAddressSaysWhatTheWriterGets(String target, String answer) {
        String problem = new WriterTarget(writer("cat", "foo"), studio.commands).problem(new PushAddress("foo", target, Map.of()));
        assertTrue(answer.equals("ok") ? problem.isEmpty() : problem.startsWith("the address must end in one of .ts") && problem.contains(answer), problem);
    }

    @Test
    void whatIsWrongInAConfigurationIsNamed() {
        for (String scheme : List.of("", "file", "a b", "ts-exec", "http:", "9p")) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> writer("cat", scheme)).getMessage().startsWith("'schemes'"));
        }
        assertTrue(assertThrows(IllegalArgumentException.class, () -> writer(" ", "foo")).getMessage().startsWith("'command'"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> writer("cat 'x", "foo")).getMessage().contains("apostrophe"));
        assertEquals(List.of("foo", "s3+x"), writer("cat", "Foo", " s3+x ").schemes());
    }
}
