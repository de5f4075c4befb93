package io.sluice.admin.console.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadTest {
    private static final byte[] JAR = {'P', 'K', 3, 4, 20, 0, 1, 2, 3};

    @TempDir
    Path home;

    private Path store(String name, InputStream in) throws IOException, Refused {
        return new Upload(home.resolve("deploy")).store(name, in);
    }

    private List<String> everything() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile).map(f -> home.relativize(f).toString()).toList();
        }
    }

    @Test
    void aJarLandsInDeploy() throws IOException, Refused {
        store("io.sluice.protocol.rtmp-1.1.0+b2.jar", new ByteArrayInputStream(JAR));
        store("io.sluice.protocol.rtmp-1.1.0+b2.jar", new ByteArrayInputStream(JAR));
        assertEquals(List.of("deploy/io.sluice.protocol.rtmp-1.1.0+b2.jar"), everything());
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"../a.jar", "a/../../b.jar", "..\\a.jar", "a\u0000.jar", "/etc/a.jar", ".hidden.jar", "a.zip", "a.jar\n", "-rf.jar", "a b.jar", "ä.jar", ".jar"})
    void anyOtherNameIsRefused(String name) throws IOException {
        Refused refused = assertThrows(Refused.class, () -> store(name, new ByteArrayInputStream(JAR)));
        assertEquals(400, refused.status());
        assertEquals(List.of(), everything());
    }

    @Test
    void whatIsNoZipIsRefused() throws IOException {
        assertEquals(400, assertThrows(Refused.class, () -> store("a.jar", new ByteArrayInputStream("<html>".getBytes()))).status());
        assertEquals(400, assertThrows(Refused.class, () -> store("a.jar", InputStream.nullInputStream())).status());
        assertEquals(List.of(), everything());
    }

    @Test
    void whatIsTooLongIsRefusedAndRemoved() throws IOException {
        InputStream endless = new InputStream() {
            private int at;

            @Override
            public int read() {
                return at < JAR.length ? JAR[at++] : 0;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                for (int i = 0; i < length && at < JAR.length; i++) {
                    bytes[offset + i] = JAR[at++];
                }
                return length;
            }
        };
        assertEquals(413, assertThrows(Refused.class, () -> store("a.jar", endless)).status());
        assertEquals(List.of(), everything());
    }
}
