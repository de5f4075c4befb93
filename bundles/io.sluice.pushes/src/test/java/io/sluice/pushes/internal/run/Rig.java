package io.sluice.pushes.internal.run;

import io.sluice.api.media.Tracks;
import io.sluice.api.push.Output;
import io.sluice.api.push.PushEntry;
import io.sluice.api.push.PushState;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.StreamInfo.State;
import io.sluice.api.stream.Streams;
import io.sluice.api.variable.Expansion;
import io.sluice.pushes.internal.Entry;
import io.sluice.pushes.internal.Settings;
import io.sluice.pushes.internal.sense.Sensors;
import io.sluice.pushes.internal.time.HandTicker;
import io.sluice.pushes.internal.time.WallClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An engine whose thread and clocks the test turns, with streams and pushes as the contract has them. */
final class Rig {
    final HandTicker ticker = new HandTicker();
    final WallClock clock = new WallClock(ticker);
    final FakeOutputs outputs = new FakeOutputs(() -> ticker.wall().toEpochMilli());
    final Map<String, Boolean> lamps = new HashMap<>();
    final FakeTrigger lamp = new FakeTrigger("1", lamps);
    final List<String> over = new ArrayList<>();
    /** Names of streams that have a source, which is started for who reads. */
    final List<String> sources = new ArrayList<>();
    private final Map<String, State> states = new HashMap<>();
    Sensors sensors;
    Plans plans;
    private AutoCloseable listening;

    Rig() {
        engine();
        sensors.elected("lamp", lamp);
    }

    private Object streams(Object proxy, java.lang.reflect.Method method, Object... arguments) {
        String name = (String) arguments[0];
        State state = states.getOrDefault(name, State.OFFLINE);
        return new StreamInfo(name, state, Tracks.NONE, "", "", 0, 0, 0, 0, 0, 0, 0, 0, false, "", state == State.OFFLINE && !sources.contains(name) ? "nobody publishes it" : "");
    }

    /** Another engine, as after a restart or a replacement. */
    void engine() {
        sensors = new Sensors(ticker);
        Streams streams = (Streams) Proxy.newProxyInstance(Rig.class.getClassLoader(), new Class<?>[] {Streams.class}, this::streams);
        plans = new Plans(ticker, clock, outputs, streams, sensors, (text, context) -> new Expansion(text, ""), new Settings(3_000_000_000L, 0), e -> over.add(e.name()));
        Plans mine = plans;
        listening = outputs.listen(o -> ticker.execute(() -> mine.told(o)));
        states.forEach(plans::streamIs);
    }

    void leave() throws Exception {
        listening.close();
        plans.end();
        sensors.close();
    }

    static Entry entry(PushEntry e) {
        return Entry.of(e, name -> name);
    }

    static PushEntry push(String name, String stream, String rule) {
        return new PushEntry(name, stream, "/r/" + name + ".ts", rule);
    }

    /** Both a new one and an edited one. */
    void add(PushEntry e) {
        plans.configured(entry(e));
        ticker.run();
    }

    void stream(String name, State state) {
        states.put(name, state);
        plans.streamIs(name, state);
        ticker.run();
    }

    void turn(String name, boolean on) {
        lamp.turn(name, on);
        ticker.run();
    }

    void pass(double seconds) {
        ticker.pass(Duration.ofNanos((long) (seconds * 1e9)));
    }

    PushState state(String entry) {
        return plans.report(entry).get(0);
    }

    String why(String entry) {
        return state(entry).why();
    }

    /** Streams that are pushed, in order of their start. */
    List<String> running() {
        return outputs.list().stream().filter(o -> o.state() != Output.State.STOPPING).map(Output::stream).toList();
    }

    String onlyId() {
        return outputs.list().get(0).id();
    }
}
