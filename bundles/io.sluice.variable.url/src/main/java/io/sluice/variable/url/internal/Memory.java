package io.sluice.variable.url.internal;

import io.sluice.format.http.OutboundReply;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values with the marks their servers gave them, so that an unchanged one is not sent again (RFC 9110 section 13). Bounded; any thread. */
final class Memory {
    /** Four times the stated thousand; with the default limit of a value, 16 MiB at most. */
    private static final int MAX_VALUES = 4096;
    private static final int MAX_MARK_CHARS = 1000;

    private record Known(String value, String entityTag, String modified) {
    }

    private final Map<Question, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Known> eldest) {
            return size() > MAX_VALUES;
        }
    };

    synchronized Map<String, String> conditions(Question question) {
        Known last = known.get(question);
        Map<String, String> conditions = new HashMap<>();
        if (last != null && !last.entityTag.isEmpty()) {
            conditions.put("If-None-Match", last.entityTag);
        } else if (last != null) {
            conditions.put("If-Modified-Since", last.modified);
        }
        return conditions;
    }

    /** @return null when it was forgotten */
    synchronized String value(Question question) {
        Known last = known.get(question);
        return last == null ? null : last.value;
    }

    synchronized void keep(Question question, OutboundReply reply, String value) {
        String entityTag = reply.headers().getOrDefault("etag", "");
        String modified = reply.headers().getOrDefault("last-modified", "");
        if (question.method().equals("GET") && entityTag.length() + modified.length() > 0 && entityTag.length() + modified.length() <= MAX_MARK_CHARS) {
            known.put(question, new Known(value, entityTag, modified));
        } else {
            known.remove(question);
        }
    }

    synchronized void forget(Question question) {
        known.remove(question);
    }
}
