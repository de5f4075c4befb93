package io.sluice.admin.console.internal;

import io.sluice.api.session.SessionHistory.Query;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is asked for on the page of the session history: the form's fields as they were sent.
 *
 * @param fields by name; none is null
 * @param zone   of the server, which times are meant in
 */
record HistoryQuery(Map<String, String> fields, ZoneId zone) {
    private static final String[] NAMES = {"from", "to", "stream", "protocol", "tag", "limit", "after"};
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_CHARS = 256;

    static HistoryQuery of(HttpServletRequest request) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : NAMES) {
            String value = request.getParameter(name);
            fields.put(name, value == null ? "" : value.strip().substring(0, Math.min(MAX_CHARS, value.strip().length())));
        }
        return new HistoryQuery(fields, ZoneId.systemDefault());
    }

    String field(String name) {
        return fields.get(name);
    }

    int limit() {
        try {
            return Integer.parseInt(field("limit"));
        } catch (NumberFormatException e) {
            return DEFAULT_LIMIT;
        }
    }

    /** @throws Refused when a time is none */
    Query query() throws Refused {
        return new Query(millis("from"), millis("to"), field("stream"), field("protocol"), field("tag"), limit(), field("after"));
    }

    /** As browsers send a date and time: 2026-03-01T12:00. */
    private long millis(String name) throws Refused {
        if (field(name).isEmpty()) {
            return 0;
        }
        try {
            return LocalDateTime.parse(field(name)).atZone(zone).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw new Refused(400, "A time such as 2026-03-01T12:00 was wanted in \"" + name + "\".");
        }
    }

    /** The address's query for the next page. */
    String next(String after) {
        Map<String, String> next = new LinkedHashMap<>(fields);
        next.put("after", after);
        return next.entrySet().stream().filter(f -> !f.getValue().isEmpty()).map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    }
}
