package io.sluice.push.manual.internal;

import io.sluice.api.push.PushCondition;
import io.sluice.api.push.PushSwitch;
import io.sluice.format.push.Phase;
import io.sluice.format.push.PushParameters;

/** One condition and the switch it follows. */
final class Lever {
    private final String name;
    private final PushSwitch state;

    Lever(PushCondition condition, PushSwitch state) {
        this.name = name(condition);
        this.state = state;
    }

    /** @throws IllegalArgumentException with what is wrong, naming the parameter */
    static String name(PushCondition condition) {
        return PushParameters.of(condition, "name").required("name", "the name of a switch");
    }

    void follow(Switches switches) {
        Boolean on = switches.byName().get(name);
        Phase phase = on == null ? Phase.unknown("no switch is named " + PushParameters.shown(name) + "; 'sluice:switch " + PushParameters.shown(name) + " on' makes it")
            : Phase.of(on, "the switch " + name + (on ? " is on" : " is off"));
        phase.tell(state);
    }
}
