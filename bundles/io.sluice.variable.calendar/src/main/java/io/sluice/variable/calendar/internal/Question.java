package io.sluice.variable.calendar.internal;

import io.sluice.api.variable.VariableRequest;
import io.sluice.format.files.PathTemplate;
import io.sluice.format.outbound.UrlTemplate;
import io.sluice.format.programme.CalendarPlace;
import io.sluice.format.programme.EventFilter;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;

/**
 * What a variable's parameters ask for.
 *
 * @param place   where the calendar is, and how its times without a zone are meant
 * @param filter  of its events
 * @param summary whether the value is what the event is called, instead of true or false
 * @param refreshMillis a calendar from a URL is fetched again after this
 */
record Question(CalendarPlace place, EventFilter filter, boolean summary, long refreshMillis) {
    private static final String REFRESH = "refreshMillis";

    /** @throws IllegalArgumentException with what is wrong, naming the parameter */
    static Question of(VariableRequest request) {
        Map<String, String> parameters = request.parameters();
        String value = parameters.getOrDefault("value", "onair").strip();
        if (!value.equals("onair") && !value.equals("summary")) {
            throw new IllegalArgumentException("'value': onair or summary was wanted, '" + value + "' was found");
        }
        String refresh = parameters.getOrDefault(REFRESH, "60000").strip();
        if (!refresh.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("'" + REFRESH + "': milliseconds were wanted, '" + refresh + "' was found");
        }
        return new Question(place(request), new EventFilter(parameters.getOrDefault("match", "").strip(), parameters.getOrDefault("pattern", "")), value.equals("summary"),
            Math.max(1000, Long.parseLong(refresh)));
    }

    private static CalendarPlace place(VariableRequest request) {
        String template = request.templates().getOrDefault("target", "").strip();
        if (template.isEmpty()) {
            throw new IllegalArgumentException("'target' is empty; an iCalendar file or URL was wanted, such as programme.ics or https://studio.example/programme.ics");
        }
        String target = request.parameters().getOrDefault("target", "").strip();
        ZoneId zone = zone(request.parameters().getOrDefault("zone", "").strip());
        try {
            if (CalendarPlace.isUrl(target)) {
                return new CalendarPlace(UrlTemplate.expand(template, request::expand), "", zone);
            }
            return new CalendarPlace(null, PathTemplate.expand(template, request::expand), zone);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'target': " + e.getMessage(), e);
        }
    }

    private static ZoneId zone(String zone) {
        try {
            return zone.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'zone': a time zone such as Europe/Berlin was wanted, '" + zone + "' was found", e);
        }
    }
}
