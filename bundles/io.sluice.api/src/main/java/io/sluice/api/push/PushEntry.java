package io.sluice.api.push;

/**
 * What is configured of a push that is to run again and again: a factory configuration of io.sluice.pushes.push. Times in seconds, fractions allowed.
 *
 * @param name            letters (a-z, A-Z), digits, underscores, dots and hyphens, 64 at most; the end of the configuration's PID
 * @param stream          "a", "a+b", or "a+" for each stream "a+x" that is there
 * @param target          where to, variables not expanded; may hold secrets unless who gives it says otherwise
 * @param rule            when, in the language of the engine's README; "" for whenever the stream is there
 * @param enabled         false: kept, and never on
 * @param from            not before: ISO 8601 with a zone or an offset, or Unix seconds; "" for no such bound
 * @param until           not after, the same forms; reached, the entry is deleted
 * @param minOnSeconds    once on, stays on so long
 * @param minOffSeconds   once off, stays off so long
 * @param onAfterSeconds  the rule must be on so long before that counts
 * @param offAfterSeconds the rule must be off so long before that counts
 * @param waitSeconds     from the end of a push to its next start, 0 for never again, -1 for the engine's
 */
public record PushEntry(String name, String stream, String target, String rule, boolean enabled, String from, String until, double minOnSeconds, double minOffSeconds,
    double onAfterSeconds, double offAfterSeconds, double waitSeconds) {
    /** One without bounds: whenever the rule is on. */
    public PushEntry(String name, String stream, String target, String rule) {
        this(name, stream, target, rule, true, "", "", 0, 0, 0, 0, -1);
    }

    public PushEntry withTarget(String other) {
        return new PushEntry(name, stream, other, rule, enabled, from, until, minOnSeconds, minOffSeconds, onAfterSeconds, offAfterSeconds, waitSeconds);
    }

    public PushEntry withEnabled(boolean other) {
        return new PushEntry(name, stream, target, rule, other, from, until, minOnSeconds, minOffSeconds, onAfterSeconds, offAfterSeconds, waitSeconds);
    }

    /** Never prints a secret. */
    @Override
    public String toString() {
        return "push " + name + " of " + stream;
    }
}
