package io.sluice.api.session;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/** What the engine knows, for pages, commands, limits and the history. A service of the engine's bundle while it works. From any thread. */
@ProviderType
public interface Sessions {
    /** Live, asking, denied and, for the configured time, ended ones; at most so many, the newest first. */
    List<Session> list(Predicate<Session> which, int most);

    /** @return null when there is none */
    Session get(String id);

    /** Ends those that match and cuts their connections. @return how many */
    int stop(Predicate<Session> which, String reason);

    /** Puts a tag on all connections of a session; new ones of it get it too. @throws IllegalArgumentException for a tag that is none */
    void tag(String id, String tag);

    void untag(String id, String tag);

    /** Asks the admission question again, of those that were let in as well; who is denied now is cut, a remembered denial is forgotten. @return how many */
    int invalidate(Predicate<Session> which);

    /** Told of each session that ended, once, off the event loops; must not block. */
    AutoCloseable onEnded(Consumer<Session> listener);
}
