package io.sluice.api.push;

/**
 * @param stream the stream's name, no pattern
 * @param target as configured, with its parameters; variables not expanded. May hold secrets
 * @param entry  which entry of the engine's it belongs to, kept with the push over engines, or "" for one by hand
 */
public record OutputRequest(String stream, String target, String entry) {
    /** Never prints a secret. */
    @Override
    public String toString() {
        return "push of " + stream;
    }
}
