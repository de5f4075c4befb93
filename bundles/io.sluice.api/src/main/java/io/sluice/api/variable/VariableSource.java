package io.sluice.api.variable;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Reads the value of a variable from somewhere: a command, a URL, a file. Registered as a service with sluice.name = the type that a variable's configuration selects. Interval,
 * time-out, concurrency, caching and history are the engine's.
 */
@ConsumerType
public interface VariableSource {
    /**
     * Service property, true: values are the operator's own text, and variables named in them are expanded where the value is used. Without it values are text that never gets a
     * meaning, as it comes from elsewhere.
     */
    String TEMPLATE = "sluice.template";

    /**
     * Reads once. Called on a thread that must not be blocked.
     *
     * @return the value, untrimmed; exceptionally with a sentence that says what went wrong. Cancelled by the engine at the time-out: then whatever was started for it (a
     *         process, a request) is ended
     */
    CompletionStage<String> read(VariableRequest request);

    /** What is wrong with these parameters, in words that name the parameter, or "". Called before each reading: cheap, no I/O. */
    default String problem(VariableRequest request) {
        return "";
    }

    /**
     * Watches instead of being asked again and again, where the source knows of changes by itself. The engine goes on asking at the interval, if one is configured.
     *
     * @param changed called when a read would give something else now; from any thread
     * @return closed when the variable goes; null when it cannot watch
     */
    default AutoCloseable watch(VariableRequest request, Runnable changed) {
        return null;
    }
}
