package io.sluice.api.push;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** What pages and commands ask of the engine of pushes; a service of its bundle while it works. From any thread; nothing it gives holds a secret, but for {@link #entry}. */
@ProviderType
public interface Pushes {
    /** By name. */
    List<PushReport> entries();

    /** Pushes that belong to no entry: those started by hand, those whose entry is gone, and the last ones by hand that ended. */
    List<Output> others();

    /** An entry as it is configured, secrets and references included, for a form. @return null when there is none */
    PushEntry entry(String name);

    /**
     * Makes or edits an entry; returns when it is on disk.
     *
     * @throws IllegalArgumentException for one that can never work, such as a rule that is none or an end before its start; the message says why
     */
    void save(PushEntry entry) throws IOException;

    /** Deletes it and ends its pushes. @return false when there is none */
    boolean remove(String name) throws IOException;

    /**
     * Starts a push once.
     *
     * @param stream a name, or "a+" for each "a+x" that is there
     * @return completes as {@link Outputs#start} does, with one for each stream; exceptionally when none could be started
     */
    CompletionStage<List<Output>> start(String stream, String target);

    /** Ends a push. One of an entry starts again when its rule turns on the next time, its stream comes again, or {@link #again} is called. @return false when there is none of this id */
    boolean stop(String id);

    /** What an entry waits for before its next try is over: what is on starts now. @return false when there is none */
    boolean again(String name);

    /** What is wrong with an entry, what its target would be, and when it would have been and will be on. May take as long as its triggers need to tell. */
    PushPreview preview(PushEntry entry, Instant from, Instant to);

    /** Conditions that installed bundles offer to rules. */
    List<String> conditions();
}
