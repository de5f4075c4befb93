package io.sluice.trigger.webhook.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The secrets of triggers, those in files read again now and then. Reads files: on workers only. Nothing here is ever printed. */
final class Secrets {
    /** A changed file counts after this time at the latest. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int MAX_BYTES = 4096;

    private final Map<String, Read> files = new ConcurrentHashMap<>();

    private record Read(String text, long atNanos) {
    }

    /** @return "" where there is none */
    String of(Hook hook) throws IOException {
        if (hook.secretFile().isEmpty()) {
            return filled(hook.secret());
        }
        Read last = files.get(hook.secretFile());
        if (last == null || System.nanoTime() - last.atNanos() > FRESH_NANOS) {
            last = new Read(read(Path.of(hook.secretFile())), System.nanoTime());
            files.put(hook.secretFile(), last);
        }
        return last.text();
    }

    private static String filled(String secret) {
        if (secret.startsWith("$[")) {
            throw new IllegalArgumentException("the secret is a reference that was not replaced");
        }
        return secret;
    }

    private static String read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip();
            if (text.isEmpty()) {
                throw new IOException("the secret's file is empty");
            }
            return text;
        } catch (IOException e) {
            throw new IOException("the secret's file cannot be read: " + e.getMessage(), e);
        }
    }
}
