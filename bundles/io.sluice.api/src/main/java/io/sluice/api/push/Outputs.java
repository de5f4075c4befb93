package io.sluice.api.push;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Pushes that run. They are the core's, so the engine may go and come: they keep running meanwhile. Given to the elected engine only. All methods from any thread; none blocks.
 */
@ProviderType
public interface Outputs {
    /**
     * Starts a push once: asks PUSH_OUT_START, expands the target, opens the reader (which starts a source that is not there yet) and the target.
     *
     * @return completes when the target says yes ({@link PushProgress#running}), or has said neither yes nor no ten seconds after it was opened, or with the push that runs there
     *         already (same stream, same expanded target; one that is ending is waited for); exceptionally with {@link io.sluice.api.stream.Denied} or
     *         {@link IllegalArgumentException}, whose message says why, without secrets
     */
    CompletionStage<Output> start(OutputRequest request);

    /** Ends it in order; it is listed as STOPPING until it has ended. @return false when there is none of this id */
    boolean stop(String id, String reason);

    /** All that are not over. */
    List<Output> list();

    /** Told of each change of state, in order, on a thread of the core's; the last call for each is with ENDED. Must not block. */
    AutoCloseable listen(Consumer<Output> changed);

    /** What is wrong with a target, in words, or "": its form, its scheme, its parameters. No I/O. */
    String problem(String target);
}
