package io.sluice.api.push;

import io.sluice.api.stream.Reader;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.variable.Expansion;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * One push, as its target gets it.
 *
 * @param id       of the push, unique over restarts
 * @param address  where to; its parameters without those that the core does (where to begin and end, delay, pace, choice of tracks)
 * @param reader   of the stream, cut and paced as the parameters said: frames only ({@link Reader#frames}). Used on {@code loop} only, closed by the core in the end
 * @param loop     the event loop of this push; must not be blocked
 * @param blocking for what blocks, such as writing files: a pool of the pushes' own, with a thread for each that waits, so that a disk that hangs holds up no other push. Tasks
 *                 of one push run one after another, in order
 * @param progress what is told of it
 * @param expander of parts of the target, with the built-in variables of this push and those given here; any thread, no I/O. The target takes the template apart first and
 *                 expands the parts, so that a value never becomes more than the part it stands in
 * @param info     of the stream, as of now
 */
public record PushRequest(String id, PushAddress address, Reader reader, ScheduledExecutorService loop, Executor blocking, PushProgress progress,
    BiFunction<String, Map<String, String>, Expansion> expander, Supplier<StreamInfo> info) {
    /**
     * A part of the target with its values.
     *
     * @param context built-in values of this place, such as "segmentCounter"
     * @throws IllegalArgumentException with the problem, such as a variable that has no value
     */
    public String expand(String part, Map<String, String> context) {
        Expansion expansion = expander.apply(part, context);
        if (!expansion.problem().isEmpty()) {
            throw new IllegalArgumentException(expansion.problem());
        }
        return expansion.text();
    }
}
