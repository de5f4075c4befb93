package io.sluice.testkit.push;

import io.sluice.api.push.PushClock;
import io.sluice.api.push.PushCondition;
import io.sluice.api.variable.Expansion;
import java.util.LinkedHashMap;
import java.util.Map;

/** Conditions as the engine makes them. */
public final class Conditions {
    private Conditions() {
    }

    /** Of the stream "live", where nothing is expanded. @param parameters each as key=value */
    public static PushCondition of(String type, PushClock clock, String... parameters) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String parameter : parameters) {
            int at = parameter.indexOf('=');
            all.put(parameter.substring(0, at), parameter.substring(at + 1));
        }
        return new PushCondition(type, "live", all, clock, text -> new Expansion(text, text.indexOf('$') < 0 ? "" : "there are no variables"));
    }
}
