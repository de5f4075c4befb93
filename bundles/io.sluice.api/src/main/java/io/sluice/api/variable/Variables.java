package io.sluice.api.variable;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The engine of variables, and the one expander. One plugin of the name {@link #NAME}; who expands listens to its elected version, and leaves text as it is without it. All
 * methods from any thread; none blocks or does I/O: values are there already.
 */
@ConsumerType
public interface Variables {
    String NAME = "variables";

    /**
     * Replaces {@code $name}, {@code ${name}} and {@code ${name:-default}}; {@code $$} is a dollar sign. A name ends where its characters end, so {@code $daytime} is not
     * {@code $day} and "time". Unknown names stay as they are and are named in the problem.
     *
     * @param template what to expand; at most 64 KiB
     * @param context  built-in values of this place, which win over custom ones: "stream", "source", "target" …; basename and wildcard follow from "stream"
     */
    Expansion expand(String template, Map<String, String> context);

    List<Variable> list();

    /** @return null when there is none */
    Variable get(String name);

    /** Changes of one variable, oldest first, as far as they are kept. */
    List<VariableChange> history(String name, long fromMillis, long toMillis);

    /** Told of each change, in order for each variable, on a thread of the engine's; must not block. @param name or "" for all */
    AutoCloseable listen(String name, Consumer<VariableChange> listener);

    /** Reads again now. @throws IllegalArgumentException when there is no such variable */
    void refresh(String name);
}
