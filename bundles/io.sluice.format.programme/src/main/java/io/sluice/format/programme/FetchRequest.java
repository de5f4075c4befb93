package io.sluice.format.programme;

import java.util.Map;
import java.util.concurrent.Executor;

/**
 * How a calendar is to be read.
 *
 * @param headers       for a URL
 * @param timeoutMillis for a URL
 * @param workers       for what blocks
 */
public record FetchRequest(Map<String, String> headers, long timeoutMillis, Executor workers) {
    public FetchRequest {
        headers = Map.copyOf(headers);
    }
}
