package io.sluice.trigger.webhook.internal;

import java.net.URI;
import java.util.Map;

/** What is posted. */
record HookRequest(URI uri, Map<String, String> headers, String contentType, byte[] body, int attemptMillis) {
    /** Never prints a header. */
    @Override
    public String toString() {
        return "POST to " + uri.getHost();
    }
}
