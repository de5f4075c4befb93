package io.sluice.admin.console.internal;

import io.sluice.api.push.PushEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Entries that somebody looks at before they are saved: they may hold secrets, so their texts do not stand in an address. The last ones; from any thread. */
final class Drafts {
    private static final int MOST = 20;
    private final Map<String, PushEntry> byId = new LinkedHashMap<>();

    /** @return its id, not to be guessed */
    synchronized String keep(PushEntry entry) {
        String id = UUID.randomUUID().toString();
        byId.put(id, entry);
        if (byId.size() > MOST) {
            byId.remove(byId.keySet().iterator().next());
        }
        return id;
    }

    /** Null for one that is not there any more. */
    synchronized PushEntry get(String id) {
        return id == null ? null : byId.get(id);
    }
}
