package io.sluice.admin.health.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.media.Tracks;
import io.sluice.api.net.Connections;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.Streams;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.junit.jupiter.api.Test;

class HealthTest {
    /** Answers each method by its name; what is not named is not asked. */
    private static <T> T knows(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> answers.get(method.getName())));
    }

    private static void assertResult(Status status, String part, HealthCheck check) {
        Result r = check.execute();
        assertEquals(status, r.getStatus(), r.toString());
        StringBuilder all = new StringBuilder();
        r.forEach(e -> all.append(e.getMessage()).append('\n'));
        assertTrue(all.toString().contains(part), all.toString());
    }

    private static ListenersCheck listeners(Connections.Listener... all) {
        return new ListenersCheck(knows(Connections.class, Map.of("listeners", List.of(all))));
    }

    @Test
    void aListenerWithAProblemIsCritical() {
        Connections.Listener good = new Connections.Listener("http", "0.0.0.0:8080", false, List.of("http"), "");
        Connections.Listener bad = new Connections.Listener("rtmp", "0.0.0.0:1935", false, List.of("rtmp"), "port 1935 is taken by another program");
        assertResult(Status.OK, "http listens on 0.0.0.0:8080", listeners(good));
        assertResult(Status.CRITICAL, "listener rtmp (0.0.0.0:1935): port 1935 is taken by another program", listeners(good, bad));
        assertResult(Status.WARN, "no listener is configured", listeners());
    }

    private static PluginsCheck plugins(Plugins.Info... all) {
        return new PluginsCheck(knows(Plugins.class, Map.of("list", List.of(all))));
    }

    @Test
    void aRefusedJarIsAWarningWithItsReason() {
        Plugins.Info good = new Plugins.Info("io.sluice.protocol.rtmp", "1.0.0", "aa", "system", Plugins.State.ELECTED, "", List.of("Protocol rtmp"), 3);
        Plugins.Info bad = new Plugins.Info("", "", "bb", "x.jar", Plugins.State.REJECTED, "it is empty", List.of(), 0);
        Plugins.Info clash = new Plugins.Info("other", "1.0.0", "cc", "y.jar", Plugins.State.ELECTED, "its Protocol rtmp is not used", List.of(), 0);
        assertResult(Status.OK, "io.sluice.protocol.rtmp 1.0.0 (system) is ELECTED, 3 uses", plugins(good));
        assertResult(Status.WARN, "(x.jar) is refused: it is empty", plugins(good, bad));
        assertResult(Status.WARN, "other 1.0.0 (y.jar) is elected, but: its Protocol rtmp is not used", plugins(good, clash));
        assertResult(Status.WARN, "the server speaks no protocol", plugins());
    }

    @Test
    void aStreamWithAProblemIsAWarning() {
        StreamInfo good = new StreamInfo("any", StreamInfo.State.OFFLINE, Tracks.NONE, "any", "", 0, 0, 0, 0, 0, 0, 0, 0, false, "", "");
        StreamInfo bad = new StreamInfo("demo", StreamInfo.State.OFFLINE, Tracks.NONE, "demo", "", 0, 0, 0, 0, 0, 0, 0, 0, false, "", "there is no file clip.mp4");
        assertResult(Status.OK, "1 streams without a problem", new StreamsCheck(knows(Streams.class, Map.of("list", List.of(good), "open", false))));
        assertResult(Status.WARN, "stream demo is OFFLINE: there is no file clip.mp4",
            new StreamsCheck(knows(Streams.class, Map.of("list", List.of(good, bad), "open", true))));
    }

    @Test
    void memoryIsAWarningAboveNinetyPercent() {
        assertResult(Status.OK, "90 % of the direct memory", new MemoryCheck(() -> new DirectMemory(900, 1000)));
        assertResult(Status.WARN, "91 % of the direct memory", new MemoryCheck(() -> new DirectMemory(910, 1000)));
        assertTrue(new MemoryCheck().execute().isOk());
        assertTrue(DirectMemory.now().limitBytes() > 0);
    }
}
