package io.sluice.push.manual.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testkit.push.Conditions;
import io.sluice.testkit.push.SeenSwitch;
import io.sluice.testkit.push.TurnedClock;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;

class ManualTriggerTest {
    private final Map<String, Boolean> configured = new TreeMap<>();
    private final ManualTrigger trigger = new ManualTrigger(() -> new Switches(Map.copyOf(configured)));
    private final SeenSwitch state = new SeenSwitch();

    @SuppressWarnings("unchecked")
    private final ServiceReference<ConfigurationAdmin> admin = (ServiceReference<ConfigurationAdmin>) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ServiceReference.class},
        (proxy, method, arguments) -> null);

    private AutoCloseable watch(String... parameters) {
        return trigger.watch(Conditions.of("manual", new TurnedClock("2026-11-22T20:00:00Z"), parameters), state);
    }

    private void configure(String name, Boolean on) {
        if (on == null) {
            configured.remove(name);
        } else {
            configured.put(name, on);
        }
        trigger.configurationEvent(new ConfigurationEvent(admin, on == null ? ConfigurationEvent.CM_DELETED : ConfigurationEvent.CM_UPDATED, SwitchConfig.PID, SwitchConfig.PID + "~" + name));
    }

    @Test
    void theSwitchIsFollowed() throws Exception {
        AutoCloseable watch = watch("name=show");
        assertEquals("unknown: no switch is named show; 'sluice:switch show on' makes it", state.state() + ": " + state.why());
        configure("show", false);
        configure("show", true);
        assertEquals("on: the switch show is on", state.state() + ": " + state.why());
        configure("other", true);
        configure("show", false);
        configure("show", null);
        assertEquals(List.of("unknown", "off", "on", "off", "unknown"), state.turns());
        watch.close();
        configure("show", true);
        assertEquals("unknown", state.state());
        try (AutoCloseable again = watch("name=show")) {
            assertEquals("on", state.state());
        }
    }

    @Test
    void whatIsWrongIsNamed() {
        assertEquals("'name': the name of a switch was wanted, '' was found", trigger.problem(Conditions.of("manual", new TurnedClock("2026-11-22T20:00:00Z"))));
    }
}
