package io.sluice.deploy.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.plugin.Plugins.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalTest {
    @TempDir
    Path home;
    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = new Server(home, new Settings(100, 1_000, 300, 2_000));
        server.system(plug("1.0.0"));
        server.deploy().serves("x 1.0.0");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static PluginJar plug(String version) {
        return PluginJar.of("io.test.plug", version).offers("x");
    }

    private void refused(String file, String... parts) {
        String reason = server.rejected(file).reason();
        for (String part : parts) {
            assertTrue(reason.contains(part), reason);
        }
        assertEquals("x 1.0.0", server.elected.get("x").service().toString());
        assertEquals(1, server.told.size(), server.told.toString());
    }

    @Test
    void garbageIsNamedAsSuch() throws Exception {
        Files.writeString(server.folder().resolve("plug.jar"), "this is no jar");
        refused("plug.jar", "it is not a jar");
    }

    @Test
    void aTruncatedJarIsNamedAsSuch() throws Exception {
        byte[] jar = Files.readAllBytes(plug("2.0.0").write(home.resolve("made.jar")));
        Files.write(server.folder().resolve("plug.jar"), Arrays.copyOf(jar, jar.length - 30));
        refused("plug.jar", "truncated or damaged");
    }

    @Test
    void anEmptyFileIsNamedAsSuch() throws Exception {
        Files.createFile(server.folder().resolve("plug.jar"));
        refused("plug.jar", "it is empty");
    }

    @Test
    void aJarThatIsNoBundleIsNamedAsSuch() throws Exception {
        plug("2.0.0").header("Bundle-SymbolicName", "").header("Bundle-ManifestVersion", "1").write(home.resolve("made.jar"));
        try (java.util.jar.JarOutputStream out = new java.util.jar.JarOutputStream(Files.newOutputStream(server.folder().resolve("plain.jar")),
            new java.util.jar.Manifest())) {
            out.finish();
        }
        refused("plain.jar", "not a bundle");
    }

    @Test
    void aMissingPackageIsNamed() {
        server.drop(plug("2.0.0").header("Import-Package", "org.osgi.framework,io.sluice.api.source,com.acme.codec;version=\"[2.1,3)\""), "plug.jar");
        refused("plug.jar", "it needs package com.acme.codec version from 2.1", "version below 3.0.0", "which no bundle here exports");
    }

    @Test
    void aNewerJavaIsNamed() {
        server.drop(plug("2.0.0").header("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""), "plug.jar");
        refused("plug.jar", "it needs JavaSE version exactly 99, and this is Java " + Runtime.version().feature());
    }

    @Test
    void whatWasMissingIsTriedAgainWhenItComes() {
        server.drop(plug("2.0.0").header("Import-Package", "org.osgi.framework,io.sluice.api.source,com.acme.codec"), "plug.jar");
        refused("plug.jar", "it needs package com.acme.codec");
        server.drop(PluginJar.of("com.acme.codec", "1.0.0").noActivator().header("Export-Package", "com.acme.codec").file("com/acme/codec/a.txt", "a"), "lib.jar");
        server.serves("x 2.0.0");
    }

    @Test
    void anActivatorThatThrowsIsNamed() {
        server.drop(plug("2.0.0").first("if (true) throw new IllegalStateException(\"no such device\");"), "plug.jar");
        refused("plug.jar", "its activator failed", "no such device");
    }

    @Test
    void anActivatorThatHangsIsNamedWithItsPlaceAndStopsNobody() {
        server.drop(plug("2.0.0").first("synchronized (this) { while (System.nanoTime() != 0) wait(); }"), "plug.jar");
        refused("plug.jar", "did not return within 1000 ms", "t.Start.start");
        server.drop(plug("3.0.0"), "other.jar");
        server.serves("x 3.0.0");
    }

    @Test
    void anActivatorThatNeverReturnsDoesNotStopTheDeployer() {
        server.drop(plug("2.0.0").first("while (System.getProperty(\"go.on\") == null) Thread.onSpinWait();"), "plug.jar");
        refused("plug.jar", "did not return within 1000 ms", "t.Start.start");
        server.drop(plug("3.0.0"), "other.jar");
        server.serves("x 3.0.0");
        System.setProperty("go.on", "");
        Await.until("the late one is uninstalled", () -> List.of(server.framework.getBundleContext().getBundles()),
            () -> Stream.of(server.framework.getBundleContext().getBundles()).noneMatch(b -> b.getVersion().toString().equals("2.0.0")));
        System.clearProperty("go.on");
    }

    @Test
    void aBundleThatOffersLessThanTheElectedOneIsRefused() {
        server.drop(PluginJar.of("io.test.plug", "2.0.0").offers("z"), "plug.jar");
        refused("plug.jar", "it does not offer [StreamSource x], which io.test.plug 1.0.0 does");
    }

    @Test
    void aPromiseThatIsNotKeptIsRefused() {
        server.drop(PluginJar.of("io.test.promise", "2.0.0").header("Provide-Capability", "osgi.service;objectClass:List<String>=\"io.sluice.api.source.StreamSource\""),
            "plug.jar");
        refused("plug.jar", "it offers nothing");
    }

    @Test
    void anOverwriteThatIsRefusedKeepsWhatTheFileGaveBeforeEvenOverARestart() throws Exception {
        server.drop(plug("1.5.0"), "plug.jar");
        server.serves("x 1.5.0");
        server.drop(plug("2.0.0").first("if (true) throw new IllegalStateException(\"no\");"), "plug.jar");
        String sha = server.rejected("plug.jar").sha256();
        assertThrows(IllegalArgumentException.class, () -> server.plugins.elect(sha));
        server.info("1.5.0", State.ELECTED);
        server.close();

        server = new Server(home, new Settings(100, 1_000, 300, 2_000)).deploy();
        server.serves("x 1.5.0");
        assertTrue(server.rejected("plug.jar").reason().contains("no"));
    }

    @Test
    void aBundleOfTheCoreIsNotReplacedAtRunTime() throws Exception {
        server.system(PluginJar.of("io.test.core", "1.0.0").first("c.registerService(io.sluice.api.source.StreamSource.class, new Source(\"core\"), null);"));
        server.drop(PluginJar.of("io.test.core", "2.0.0"), "core.jar");
        refused("core.jar", "io.test.core is part of the core", "replace it in system/ and restart");
    }
}
