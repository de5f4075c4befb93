package io.sluice.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstStartTest {
    @TempDir
    private Path temp;
    private Path installation;
    private Home home;

    @BeforeEach
    void install() throws IOException {
        installation = temp.resolve("installation");
        Files.createDirectories(installation.resolve("conf"));
        Files.createDirectories(installation.resolve("bin"));
        Files.createDirectories(installation.resolve("system/10"));
        Files.writeString(installation.resolve("conf/some.cfg.json"), "{}");
        Files.writeString(installation.resolve("system/10/a.jar"), "a");
        home = new Home(installation, temp.resolve("home"));
    }

    @Test
    void anEmptyHomeGetsDefaultsAndAKeyForItsOwnerOnly() throws IOException {
        Files.createDirectories(home.conf().resolveSibling("conf.unfinished"));
        home.prepare();
        assertEquals("{}", Files.readString(home.conf().resolve("some.cfg.json")));
        for (String folder : new String[] {"conf", "conf/secrets", "deploy", "data"}) {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.folder().resolve(folder))), folder);
        }
        Path key = home.conf().resolve("secrets/publish-key");
        assertTrue(Files.readString(key).matches("[A-Za-z0-9_-]{20,}\n"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        assertFalse(Files.exists(home.folder().resolve("conf.unfinished")));
    }

    @Test
    void aUsedHomeStaysAsItIs() throws IOException {
        home.prepare();
        String key = Files.readString(home.conf().resolve("secrets/publish-key"));
        Files.delete(home.conf().resolve("some.cfg.json"));
        home.prepare();
        assertEquals(key, Files.readString(home.conf().resolve("secrets/publish-key")));
        assertFalse(Files.exists(home.conf().resolve("some.cfg.json")), "what somebody deleted stays deleted");
    }

    @Test
    void thePasswordIsMadeOnceAndOnlyItsHashIsKept() throws Exception {
        home.prepare();
        AdminPassword admin = new AdminPassword(home.conf());
        String password = admin.ensure(null).orElseThrow();
        Path file = home.conf().resolve(AdminPassword.FILE);
        String text = Files.readString(file);
        assertFalse(text.contains(password));
        String[] parts = text.replaceAll("(?s).*\"passwordHash\": \"([^\"]*)\".*", "$1").split(":");
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), Base64.getDecoder().decode(parts[2]), Integer.parseInt(parts[1]), 512);
        assertEquals("pbkdf2-sha512", parts[0]);
        assertEquals(parts[3], Base64.getEncoder().encodeToString(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded()));
        assertEquals(Optional.empty(), admin.ensure(null));
        assertEquals(text, Files.readString(file));
    }

    @Test
    void aPasswordFromTheEnvironmentMakesNoneUntilItIsGone() throws Exception {
        home.prepare();
        AdminPassword admin = new AdminPassword(home.conf());
        assertEquals(Optional.empty(), admin.ensure("given"));
        assertTrue(Files.readString(home.conf().resolve(AdminPassword.FILE)).contains("\"passwordHash\": \"\""));
        assertTrue(admin.ensure(null).isPresent());
    }

    @Test
    void theCacheBelongsToWhatIsInstalled() throws IOException {
        home.prepare();
        assertFalse(Fingerprint.of(home).unchanged());
        Fingerprint.of(home).record();
        assertTrue(Fingerprint.of(home).unchanged());
        Files.setLastModifiedTime(installation.resolve("system/10/a.jar"), FileTime.fromMillis(1));
        assertFalse(Fingerprint.of(home).unchanged());
    }

    @Test
    void twoServersInOneHomeAreRefused() throws Exception {
        home.prepare();
        Path lock = home.data().resolve("lock");
        // a lock of the same process is refused by an exception of its own; of another process it is what HomeLock says
        try (HomeLock first = HomeLock.take(lock)) {
            assertTrue(first.channel().isOpen());
            assertThrows(Exception.class, () -> HomeLock.take(lock));
        }
        HomeLock.take(lock).close();
    }

    @Test
    void frameworkPropertiesKnowTheHomeAndTheEnvironment() {
        Map<String, String> environment = Map.of("PORT", "1", "EMPTY", "");
        assertEquals("1", FrameworkProperties.expand("$[env:PORT;default=2]", home, environment));
        assertEquals("2", FrameworkProperties.expand("$[env:OTHER;default=2]", home, environment));
        assertEquals("2", FrameworkProperties.expand("$[env:EMPTY;default=2]", home, environment));
        assertEquals("a//b", FrameworkProperties.expand("a/$[env:OTHER]/b", home, environment));
        assertEquals(home.folder() + "/x", FrameworkProperties.expand("${sluice.home}/x", home, environment));
    }
}
