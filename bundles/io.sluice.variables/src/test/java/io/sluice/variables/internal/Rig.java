package io.sluice.variables.internal;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.variable.VariableChange;
import io.sluice.api.variable.VariableRequest;
import io.sluice.api.variable.VariableSource;
import io.sluice.variables.internal.expand.Expander;
import io.sluice.variables.internal.keep.StateFile;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An engine on one thread, by a clock that the test turns. Sources answer when the test says so. */
final class Rig implements Clock {
    private static final long MILLI = 1_000_000;
    final Settings settings = new Settings(ZoneId.of("UTC"), 1000, 86_400_000);
    final List<VariableChange> told = new ArrayList<>();
    final Workers workers = new Workers(Runnable::run, () -> {
    });
    final Sources sources = new Sources();
    final Slots slots = new Slots(() -> settings, told::add);
    final Expander expander = new Expander(slots::value, () -> ZonedDateTime.ofInstant(Instant.ofEpochMilli(millis()), settings.zone()));
    private long nanos = 77;
    private long millis = 1_800_000_000_000L;
    final Engine engine = new Engine(this, slots, sources, workers, expander);
    final Definitions definitions = new Definitions(slots, engine, sources);

    Rig() {
        sources.onChange((type, before, now) -> engine.sourceChanged(type, now).forEach(Runnable::run));
    }

    /** A source that notes who asked, and a plugin around it. */
    static class Asked implements VariableSource, Plugin<VariableSource> {
        final List<VariableRequest> requests = new ArrayList<>();
        final List<CompletableFuture<String>> answers = new ArrayList<>();
        final Map<String, Runnable> watches = new HashMap<>();
        final String version;
        String answer;
        String problem = "";
        boolean template;
        boolean canWatch;
        int uses;

        /** @param answer at once; null to wait for the test */
        Asked(String version, String answer) {
            this.version = version;
            this.answer = answer;
        }

        @Override
        public CompletionStage<String> read(VariableRequest request) {
            requests.add(request);
            CompletableFuture<String> future = answer == null ? new CompletableFuture<>() : CompletableFuture.completedFuture(answer);
            answers.add(future);
            return future;
        }

        CompletableFuture<String> last() {
            return answers.get(answers.size() - 1);
        }

        @Override
        public String problem(VariableRequest request) {
            return problem;
        }

        @Override
        public AutoCloseable watch(VariableRequest request, Runnable changed) {
            if (!canWatch) {
                return null;
            }
            watches.put(request.name(), changed);
            return () -> watches.remove(request.name(), changed);
        }

        @Override
        public VariableSource service() {
            return this;
        }

        @Override
        public String name() {
            return "test";
        }

        @Override
        public Map<String, Object> properties() {
            return Map.of(VariableSource.TEMPLATE, template);
        }

        @Override
        public String bundle() {
            return "test " + version;
        }

        @Override
        public AutoCloseable use() {
            uses++;
            return () -> uses--;
        }
    }

    Asked source(String answer) {
        Asked source = new Asked("1", answer);
        sources.elected("test", null, source);
        return source;
    }

    static Attributes config(Object... keysAndValues) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Attributes(map);
    }

    static Attributes variable(String name, long intervalMillis) {
        return config("name", name, "type", "test", "intervalMillis", intervalMillis);
    }

    Slot add(Attributes config) {
        definitions.changed("pid~" + config.text("name", ""), config);
        return slots.get(config.text("name", ""));
    }

    Slot begin(Attributes config, StateFile.Content state) {
        definitions.found("pid~" + config.text("name", ""), config, state);
        return slots.get(config.text("name", ""));
    }

    /** Turns the clock, with a round each millisecond. */
    void pass(long millisToPass) {
        engine.round();
        for (long i = 0; i < millisToPass; i++) {
            nanos += MILLI;
            millis++;
            engine.round();
        }
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long millis() {
        return millis;
    }
}
