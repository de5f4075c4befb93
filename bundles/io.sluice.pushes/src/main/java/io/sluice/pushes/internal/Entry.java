package io.sluice.pushes.internal;

import io.sluice.api.push.PushEntry;
import io.sluice.pushes.internal.rule.Rule;
import io.sluice.pushes.internal.rule.RuleParser;
import io.sluice.pushes.internal.run.Damper;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * An entry, read.
 *
 * @param stream  after the naming rule
 * @param from    Instant.MIN for no bound
 * @param until   Instant.MAX for no bound
 * @param problem why it can never work, or ""
 */
public record Entry(PushEntry config, String stream, Rule rule, Instant from, Instant until, Damper.Times times, String problem) {
    private static final String NAME = "[A-Za-z0-9_.-]{1,64}";
    private static final double MOST_SECONDS = 366 * 86_400.0;
    private static final int MOST_CHARACTERS = 4096;

    /** @param naming the rule for streams' names */
    public static Entry of(PushEntry config, UnaryOperator<String> naming) {
        try {
            return read(config, naming);
        } catch (IllegalArgumentException e) {
            return new Entry(config, config.stream(), Rule.ALWAYS, Instant.MIN, Instant.MAX, new Damper.Times(0, 0, 0, 0), e.getMessage());
        }
    }

    private static Entry read(PushEntry c, UnaryOperator<String> naming) {
        require(c.name().matches(NAME), "an entry's name is made of letters (a-z, A-Z), digits, underscores, dots and hyphens, 64 at most");
        String stream = naming.apply(c.stream());
        require(!stream.isEmpty() && stream.charAt(0) != '+', "the stream '" + Shown.text(c.stream()) + "' is none; wanted is a name, or a+ for all streams a+x");
        require(!c.target().isBlank(), "the target is empty");
        require(c.target().length() <= MOST_CHARACTERS, "the target has more than " + MOST_CHARACTERS + " characters");
        Rule rule = RuleParser.parse(c.rule());
        Instant from = Moment.of("from", c.from(), Instant.MIN);
        Instant until = Moment.of("until", c.until(), Instant.MAX);
        require(from.isBefore(until), "it would never be on: it begins (from) at " + c.from() + ", and ends (until) at " + c.until());
        Damper.Times times = new Damper.Times(nanos("minOnSeconds", c.minOnSeconds()), nanos("minOffSeconds", c.minOffSeconds()), nanos("onAfterSeconds", c.onAfterSeconds()),
            nanos("offAfterSeconds", c.offAfterSeconds()));
        require(c.waitSeconds() == -1 || c.waitSeconds() >= 0 && c.waitSeconds() <= MOST_SECONDS, "waitSeconds is " + c.waitSeconds() + "; it is from 0 (never again) to a year, or -1");
        return new Entry(c, stream, rule, from, until, times, "");
    }

    private static long nanos(String what, double seconds) {
        require(seconds >= 0 && seconds <= MOST_SECONDS, what + " is " + seconds + "; it is from 0 to a year");
        return (long) (seconds * 1e9);
    }

    private static void require(boolean fine, String problem) {
        if (!fine) {
            throw new IllegalArgumentException(problem);
        }
    }

    public String name() {
        return config.name();
    }

    /** On whenever the stream is there. */
    public boolean automatic() {
        return rule.equals(Rule.ALWAYS);
    }

    /** For all streams "a+x". */
    public boolean pattern() {
        return stream.indexOf('+') == stream.length() - 1;
    }

    public boolean covers(String name) {
        return pattern() ? name.length() > stream.length() && name.startsWith(stream) : name.equals(stream);
    }

    /** @param otherwise the engine's @return from an end to the next start, 0 for never again */
    public long waitNanos(long otherwise) {
        return config.waitSeconds() < 0 ? otherwise : (long) (config.waitSeconds() * 1e9);
    }

    /** Never prints a secret. */
    @Override
    public String toString() {
        return config.toString();
    }
}
