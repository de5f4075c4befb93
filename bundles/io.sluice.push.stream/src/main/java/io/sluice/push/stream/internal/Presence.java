package io.sluice.push.stream.internal;

import io.sluice.api.push.PushCondition;
import io.sluice.api.stream.StreamInfo;
import io.sluice.format.push.Phase;
import io.sluice.format.push.PushParameters;
import io.sluice.format.push.StreamNames;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which streams are to be there.
 *
 * @param grace also while a publisher is gone and may come back
 */
record Presence(StreamNames names, boolean grace) {
    private static final int MAX_NAMED = 3;

    /** @throws IllegalArgumentException with what is wrong, naming the parameter */
    static Presence of(PushCondition condition) {
        PushParameters parameters = PushParameters.of(condition, "name", "grace");
        return new Presence(new StreamNames(parameters.has("name") ? parameters.text("name") : condition.stream()), parameters.flag("grace"));
    }

    Phase of(Collection<StreamInfo> found) {
        List<String> there = found.stream().filter(s -> s.state() == StreamInfo.State.LIVE || grace && s.state() == StreamInfo.State.GRACE).map(StreamInfo::name).toList();
        if (!there.isEmpty()) {
            return Phase.of(true, there.stream().limit(MAX_NAMED).collect(Collectors.joining(", ")) + (there.size() > MAX_NAMED ? " and " + (there.size() - MAX_NAMED) + " more are" : there.size() > 1
                ? " are" : " is") + " there");
        }
        String states = found.stream().limit(MAX_NAMED).map(s -> s.name() + " is " + s.state().name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "));
        return Phase.of(false, !states.isEmpty() ? states : names.single() ? names.pattern() + " is not there" : "no stream " + (names.all() ? "" : "of " + names.pattern() + " ") + "is there");
    }
}
