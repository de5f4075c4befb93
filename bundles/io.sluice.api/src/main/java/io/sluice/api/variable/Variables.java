package io.sluice.api.variable;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The engine of variables, and the one expander. One plugin of the name {@link #NAME}; who expands listens to its elected version, and leaves text as it is without it. All
 * methods from any thread; none but {@link #leave} blocks or does I/O: values are there already.
 *
 * <p>A version that is elected knows values, schedules and history of the one before. Who subscribed to changes subscribes again.
 */
@ConsumerType
public interface Variables {
    String NAME = "variables";

    /**
     * Replaces {@code $name}, {@code ${name}} and {@code ${name:-default}} (the default is used where there is no value, or an empty one); {@code $$} is a dollar sign.
     *
     * <p>A bare name begins with a letter or an underscore and goes on as long as letters, digits, underscores, dots and hyphens do, so {@code $daytime} is not {@code $day} and
     * "time"; it may end before an underscore, a dot or a hyphen, and the longest name that has a value wins: {@code $stream_$year.ts}. Names without a value stay as they are and
     * are named in the problem. Values are text; only what operators write themselves (sources with {@link VariableSource#TEMPLATE}) can name other variables.
     *
     * @param template what to expand; at most 64 KiB, and so is the result
     * @param context  built-in values of this place, which win over custom ones: "stream", "source", "target" …; basename, wildcard and pluswildcard follow from "stream". Local
     *                 time is there always: year, month, day, hour, minute, second, wday, yday, week, datetime
     */
    Expansion expand(String template, Map<String, String> context);

    /** By name; configurations that make no variable are among them, with an error that says why. */
    List<Variable> list();

    /** @return null when there is none */
    Variable get(String name);

    /** Changes of one variable, oldest first, as far as they are kept. */
    List<VariableChange> history(String name, long fromMillis, long toMillis);

    /** Told of each change, in order, on a thread of the engine's; must not block. @param name or "" for all */
    AutoCloseable listen(String name, Consumer<VariableChange> listener);

    /** Reads again now. @throws IllegalArgumentException when there is no such variable */
    void refresh(String name);

    /** How punctual the readings of the last full minute were. */
    Punctuality punctuality();

    /**
     * Reads no more and writes down what it knows. The version that is elected next calls this before it begins, whichever of the two the deployer told first; this one then still
     * answers from what it has. Nobody else calls it. Can take as long as the disk does.
     */
    void leave();

    /**
     * How long after they were due readings began, in milliseconds; zeros in the first minute.
     *
     * @param readings in that minute
     * @param median   of the delays
     * @param p99      99 of 100 were not later
     * @param most     the longest delay
     */
    record Punctuality(long readings, double median, double p99, double most) {
    }
}
