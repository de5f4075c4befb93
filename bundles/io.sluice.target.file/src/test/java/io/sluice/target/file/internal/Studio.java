package io.sluice.target.file.internal;

import io.sluice.api.media.Frame;
import io.sluice.api.push.PushAddress;
import io.sluice.api.push.PushProgress;
import io.sluice.api.push.PushRequest;
import io.sluice.api.push.Recording;
import io.sluice.api.variable.Expansion;
import io.sluice.format.files.Roots;
import io.sluice.target.file.internal.recording.Disk;
import io.sluice.target.file.internal.recording.RecordingNames;
import io.sluice.target.file.internal.recording.RecordingOptions;
import io.sluice.target.file.internal.retention.RecordingBook;
import io.sluice.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A place to record in: a real loop, real threads that block, and the pushes that are on. */
final class Studio implements AutoCloseable {
    final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService blocking = Executors.newCachedThreadPool();
    final Path root;
    final Map<String, String> variables = new LinkedHashMap<>(Map.of("stream", "show", "wildcard", "one"));
    RecordingBook book;
    Disk disk = Disk.REAL;
    long queueBytes = 16 << 20;

    Studio(Path root) {
        this.root = root;
        this.book = new RecordingBook(List.of(root));
    }

    /** One push, and what it told. */
    final class Push implements PushProgress {
        final Tape tape = new Tape(loop);
        final List<String> notes = Collections.synchronizedList(new ArrayList<>());
        volatile String shown = "";
        volatile String ended;
        volatile long bytes;
        volatile long mediaNanos;
        volatile Recording recording;
        private AutoCloseable handle;

        @Override
        public void running(String now) {
            shown = now;
        }

        @Override
        public void media(long nanos) {
            mediaNanos = nanos;
        }

        @Override
        public void note(String text) {
            notes.add(text);
        }

        @Override
        public void recorded(Recording whole) {
            recording = whole;
        }

        @Override
        public void ended(String problem) {
            ended = problem;
        }

        @Override
        public void in(long more) {
        }

        @Override
        public synchronized void out(long more) {
            bytes += more;
        }

        Push play(List<Frame> frames) {
            tape.put(frames);
            return this;
        }

        /** @return the problem, or "" */
        String finish() {
            tape.end();
            return over();
        }

        String close() throws Exception {
            tape.end();
            handle.close();
            return over();
        }

        String over() {
            Await.until("the recording's end " + notes, Duration.ofSeconds(30), () -> ended != null);
            return ended;
        }
    }

    /** @param target with its parameters, as people write it: the root goes before a relative path */
    Push start(String target) {
        int at = target.lastIndexOf('?');
        Map<String, String> parameters = new LinkedHashMap<>();
        if (at >= 0) {
            for (String pair : target.substring(at + 1).split("&")) {
                parameters.put(pair.replaceFirst("=.*", ""), pair.contains("=") ? pair.replaceFirst("[^=]*=", "") : "");
            }
        }
        PushAddress address = new PushAddress("file", at < 0 ? target : target.substring(0, at), parameters);
        Push push = new Push();
        PushRequest request = new PushRequest("1", address, push.tape, loop, blocking, push, this::expand, () -> null);
        RecordingOptions options = RecordingOptions.of(address.target(), address.parameters());
        RecordingNames names = new RecordingNames(options, new Roots(List.of(root), FileTarget.PID), request::expand);
        var recording = new io.sluice.target.file.internal.recording.Recording(options, names, path -> disk.open(path), push,
            book.begin("show " + options.path(), options.keepNanos(), options.keepCount(), () -> { }), Runnable::run);
        FilePush filePush = new FilePush(request, recording, queueBytes, 1000);
        push.handle = filePush;
        filePush.start();
        return push;
    }

    private Expansion expand(String text, Map<String, String> context) {
        Map<String, String> all = new LinkedHashMap<>(variables);
        all.putAll(context);
        String out = text;
        for (Map.Entry<String, String> e : all.entrySet()) {
            out = out.replace("$" + e.getKey(), e.getValue());
        }
        return new Expansion(out, out.indexOf('$') < 0 ? "" : "no variable has the name in '" + out + "'");
    }

    @Override
    public void close() {
        loop.shutdownNow();
        blocking.shutdownNow();
    }
}
