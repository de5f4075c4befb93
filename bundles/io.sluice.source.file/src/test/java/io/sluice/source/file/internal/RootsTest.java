package io.sluice.source.file.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.format.files.Roots;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootsTest {
    @TempDir
    Path home;
    private Path media;
    private Roots roots;

    @BeforeEach
    void folders() throws IOException {
        media = Files.createDirectories(home.resolve("media"));
        Files.writeString(media.resolve("clip one.mp4"), "inside");
        Files.writeString(home.resolve("secret.mp4"), "outside");
        Files.createDirectories(home.resolve("media-too"));
        Files.writeString(home.resolve("media-too/x.mp4"), "outside");
        Files.createSymbolicLink(media.resolve("link.mp4"), home.resolve("secret.mp4"));
        Files.createSymbolicLink(media.resolve("up"), home);
        roots = new Roots(List.of(media), "io.sluice.source.file");
    }

    private Path resolve(String uri) throws IOException {
        return roots.resolve(SourceUri.parse(URI.create(uri)).path());
    }

    @Test
    void relativeAndAbsolutePathsInsideAreRead() throws IOException {
        Path real = media.toRealPath().resolve("clip one.mp4");
        assertEquals(real, resolve("file:clip%20one.mp4?loop=true"));
        assertEquals(real, resolve("file:" + media + "/clip%20one.mp4"));
        assertEquals(real, resolve("file://" + media + "/./clip%20one.mp4"));
        assertEquals(6, roots.open("clip one.mp4").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:../secret.mp4", "file:%2e%2e/secret.mp4", "file:/etc/passwd", "file:///etc/passwd", "file:link.mp4", "file:up/secret.mp4",
        "file:up/up/../secret.mp4", "file:../media-too/x.mp4", "file:../no-such-file"})
    void whatLiesOutsideIsRefusedWithTheFolderToUse(String uri) {
        IOException e = assertThrows(IOException.class, () -> resolve(uri));
        assertTrue(e.getMessage().contains("outside of the folders") && e.getMessage().contains(media.toString()), e.getMessage());
    }

    @Test
    void foldersAndMissingFilesAreNamed() {
        assertTrue(assertThrows(IOException.class, () -> resolve("file:.")).getMessage().contains("a file was wanted"));
        assertTrue(assertThrows(IOException.class, () -> resolve("file:gone.mp4")).getMessage().contains("there is no file"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:?loop=true", "file://otherhost/clip.mp4", "file:clip.mp4?loop=maybe", "file:clip.mp4?key=1", "file:a%00b.mp4"})
    void brokenUrisAreRefusedAtOnce(String uri) {
        assertThrows(IllegalArgumentException.class, () -> SourceUri.parse(URI.create(uri)));
    }

    @Test
    void bundleUrisNameABundleAndAPath() {
        SourceUri uri = SourceUri.parse(URI.create("bundle:io.sluice.demo/demo.mp4?loop=true"));
        assertEquals(new BundleResource("io.sluice.demo", "demo.mp4"), BundleResource.parse(uri.path()));
        assertTrue(uri.loop());
        assertThrows(IllegalArgumentException.class, () -> BundleResource.parse("io.sluice.demo"));
        assertThrows(IllegalArgumentException.class, () -> BundleResource.parse("io.sluice.demo/"));
    }
}
