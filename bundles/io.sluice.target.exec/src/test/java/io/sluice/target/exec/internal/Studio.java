package io.sluice.target.exec.internal;

import io.sluice.api.push.PushAddress;
import io.sluice.api.push.PushRequest;
import io.sluice.api.push.PushTarget;
import io.sluice.api.variable.Expansion;
import io.sluice.format.delivery.Clip;
import io.sluice.format.delivery.ClipReader;
import io.sluice.format.delivery.Told;
import io.sluice.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A real loop, a real thread that blocks, and commands in a folder of the test's. */
final class Studio implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final Commands commands;
    final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    final Map<String, String> variables = new HashMap<>(Map.of("stream", "clip"));
    private final List<Push> pushes = new ArrayList<>();
    private final ExecutorService blocking = Executors.newSingleThreadExecutor();

    Studio(Path home) {
        commands = new Commands(home);
        commands.allow(true, 8);
    }

    /** One push of a clip. */
    final class Push {
        final Told told = new Told();
        final ClipReader reader;
        final AutoCloseable handle;

        /** @param ends the stream ends after the clip */
        Push(PushTarget target, String text, Clip clip, boolean ends) {
            reader = new ClipReader(clip, ends);
            PushAddress address = address(text);
            String problem = target.problem(address);
            if (!problem.isEmpty()) {
                throw new IllegalArgumentException(problem);
            }
            pushes.add(this);
            handle = target.open(new PushRequest("7", address, reader, loop, blocking, told, Studio.this::expand, () -> null));
        }

        /** @return the problem, or "" */
        String over() throws Exception {
            return told.ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        /** All frames were taken. */
        Push taken(int frames) {
            Await.until(() -> reader.taken + " of " + frames + " frames are taken: " + told.notes, PATIENCE, () -> reader.taken == frames);
            return this;
        }
    }

    private static PushAddress address(String text) {
        int query = text.lastIndexOf('?');
        Map<String, String> parameters = new LinkedHashMap<>();
        boolean ours = query >= 0 && !text.substring(query).startsWith("?token");
        if (ours) {
            String[] pair = text.substring(query + 1).split("=", 2);
            parameters.put(pair[0], pair[1]);
        }
        return new PushAddress(text.substring(0, text.indexOf(':')), ours ? text.substring(0, query) : text, parameters);
    }

    private Expansion expand(String text, Map<String, String> context) {
        String out = text.replace("$$", "\0");
        for (Map.Entry<String, String> e : variables.entrySet()) {
            out = out.replace("$" + e.getKey(), e.getValue());
        }
        return new Expansion(out.replace('\0', '$'), "");
    }

    @Override
    public void close() {
        commands.close();
        Await.until("all pushes have ended", PATIENCE, () -> pushes.stream().allMatch(p -> p.handle == null || p.told.ended.isDone()));
        blocking.shutdown();
        Await.until("what blocks has ended", PATIENCE, blocking::isTerminated);
        loop.shutdown();
    }
}
