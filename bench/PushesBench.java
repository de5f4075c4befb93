import io.sluice.api.media.Tracks;
import io.sluice.api.plugin.Plugin;
import io.sluice.api.push.Output;
import io.sluice.api.push.OutputRequest;
import io.sluice.api.push.Outputs;
import io.sluice.api.push.PushCondition;
import io.sluice.api.push.PushEntry;
import io.sluice.api.push.PushSwitch;
import io.sluice.api.push.PushTrigger;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.Streams;
import io.sluice.api.variable.Expansion;
import io.sluice.pushes.internal.Entry;
import io.sluice.pushes.internal.Settings;
import io.sluice.pushes.internal.run.Plans;
import io.sluice.pushes.internal.sense.Sensors;
import io.sluice.pushes.internal.time.EngineThread;
import io.sluice.pushes.internal.time.WallClock;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** How long the engine of pushes takes to decide anew after one change, by the source launcher; see bench/pushes. Prints a line of JSON. */
public final class PushesBench {
    private static final int ENTRIES = 1000;
    private static final int VARIABLES = 200;
    private static final int CHANGES = 400;
    private static final int CHANGES_OF_ALL = 20;
    private static final int WARM_UP = 200;
    private final EngineThread thread = new EngineThread();
    private final Map<String, List<PushSwitch>> lamps = new HashMap<>();
    private final CountingOutputs outputs = new CountingOutputs();

    public static void main(String[] arguments) throws Exception {
        double[] few = new PushesBench().run(false);
        double[] all = new PushesBench().run(true);
        System.out.println("{\"few\": {\"median\": " + at(few, 50) + ", \"p99\": " + at(few, 99) + "}, \"all\": {\"median\": " + at(all, 50) + ", \"p99\": " + at(all, 99) + "}}");
    }

    private static double at(double[] sorted, int percent) {
        return Math.round(sorted[sorted.length * percent / 100] * 1000) / 1000.0;
    }

    /** @param all whether each rule names the one variable that changes; else some 15 do @return milliseconds for each change, sorted */
    private double[] run(boolean all) throws Exception {
        Streams streams = (Streams) Proxy.newProxyInstance(PushesBench.class.getClassLoader(), new Class<?>[] {Streams.class}, (proxy, method, a) ->
            new StreamInfo((String) a[0], StreamInfo.State.LIVE, Tracks.NONE, "", "", 0, 0, 0, 0, 0, 0, 0, 0, false, "", ""));
        Sensors sensors = new Sensors(thread);
        Plans plans = new Plans(thread, new WallClock(thread), outputs, streams, sensors, (text, context) -> new Expansion(text, ""), new Settings(0, 0), e -> {
        });
        outputs.listen(o -> thread.execute(() -> plans.told(o)));
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            String rule = all ? "lamp(name=v0) and not lamp(name=v" + (1 + i % 99) + ")"
                : "lamp(name=v" + i % VARIABLES + ") and (lamp(name=v" + i * 7 % VARIABLES + ") or not lamp(name=v" + i * 13 % VARIABLES + "))";
            entries.add(Entry.of(new PushEntry("e" + i, "s" + i, "/r/$stream.ts", rule), name -> name));
        }
        settled(() -> {
            sensors.elected("lamp", new Lamp());
            entries.forEach(e -> plans.streamIs(e.stream(), StreamInfo.State.LIVE));
            plans.begin(entries);
        });
        double[] times = new double[all ? CHANGES_OF_ALL : CHANGES];
        for (int i = -WARM_UP; i < times.length; i++) {
            if (all && i >= 0) {
                // slower than what counts as flapping: that would not be started
                TimeUnit.MILLISECONDS.sleep(i == 0 ? 12_000 : 2_100);
            }
            List<PushSwitch> turned = lamps.get("v" + (all ? 0 : Math.floorMod(i * 31, VARIABLES)));
            boolean on = (all ? i : Math.floorDiv(i, VARIABLES)) % 2 == 0;
            long began = System.nanoTime();
            turned.forEach(s -> s.set(on, on ? "$v is 1" : "$v is 0"));
            settled(() -> {
            });
            if (i >= 0) {
                times[i] = (System.nanoTime() - began) / 1e6;
            }
        }
        if (outputs.started == 0) {
            throw new IllegalStateException("nothing was started");
        }
        thread.close();
        Arrays.sort(times);
        return times;
    }

    private void settled(Runnable task) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.execute(() -> {
            task.run();
            done.complete(null);
        });
        done.get(1, TimeUnit.MINUTES);
    }

    /** lamp(name=x) */
    private final class Lamp implements PushTrigger, Plugin<PushTrigger> {
        @Override
        public AutoCloseable watch(PushCondition condition, PushSwitch state) {
            lamps.computeIfAbsent(condition.parameters().get("name"), n -> new CopyOnWriteArrayList<>()).add(state);
            state.set(false, "$v is 0");
            return () -> {
            };
        }

        @Override
        public PushTrigger service() {
            return this;
        }

        @Override
        public String name() {
            return "lamp";
        }

        @Override
        public Map<String, Object> properties() {
            return Map.of();
        }

        @Override
        public String bundle() {
            return "lamps 1";
        }

        @Override
        public AutoCloseable use() {
            return () -> {
            };
        }
    }

    /** Pushes that start and stop at once. */
    private static final class CountingOutputs implements Outputs {
        private final Map<String, Output> running = new ConcurrentHashMap<>();
        private Consumer<Output> listener;
        private int started;

        private static Output output(String id, String entry, String stream, Output.State state) {
            return new Output(id, entry, stream, "/r", "/r", state, "", false, System.currentTimeMillis(), 0, 0, List.of(), 0, 0, 0, 0, 0, 0, List.of());
        }

        @Override
        public CompletionStage<Output> start(OutputRequest request) {
            Output o = output("p" + ++started, request.entry(), request.stream(), Output.State.RUNNING);
            running.put(o.id(), o);
            listener.accept(o);
            return CompletableFuture.completedFuture(o);
        }

        @Override
        public boolean stop(String id, String reason) {
            Output o = running.remove(id);
            if (o != null) {
                listener.accept(output(id, o.entry(), o.stream(), Output.State.ENDED));
            }
            return o != null;
        }

        @Override
        public List<Output> list() {
            return List.copyOf(running.values());
        }

        @Override
        public AutoCloseable listen(Consumer<Output> changed) {
            listener = changed;
            return () -> {
            };
        }

        @Override
        public String problem(String target) {
            return "";
        }
    }
}
