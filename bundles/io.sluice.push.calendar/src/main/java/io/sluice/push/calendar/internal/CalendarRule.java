package io.sluice.push.calendar.internal;

import io.sluice.api.push.PushCondition;
import io.sluice.format.programme.CalendarPlace;
import io.sluice.format.programme.EventFilter;
import io.sluice.format.push.PushParameters;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * What a condition's parameters ask for.
 *
 * @param filter  of the calendar's events
 * @param refresh the calendar is read again after this
 */
record CalendarRule(CalendarPlace place, EventFilter filter, Duration refresh) {
    private static final Duration REFRESH = Duration.ofMinutes(1);
    private static final Duration MIN_REFRESH = Duration.ofSeconds(1);

    /** @throws IllegalArgumentException with what is wrong, naming the parameter */
    static CalendarRule of(PushCondition condition) {
        PushParameters parameters = PushParameters.of(condition, "target", "match", "pattern", "zone", "refresh");
        String target = parameters.required("target", "an iCalendar file or URL, such as programme.ics or https://studio.example/programme.ics,");
        Duration refresh = parameters.has("refresh") ? parameters.length("refresh") : REFRESH;
        return new CalendarRule(new CalendarPlace(CalendarPlace.isUrl(target) ? url(parameters, target) : null, CalendarPlace.isUrl(target) ? "" : target, parameters.zone()),
            new EventFilter(parameters.text("match"), parameters.text("pattern", "")), refresh.compareTo(MIN_REFRESH) < 0 ? MIN_REFRESH : refresh);
    }

    private static URI url(PushParameters parameters, String target) {
        try {
            URI url = new URI(target);
            if (url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw parameters.wrong("target", "a URL with a host");
    }
}
