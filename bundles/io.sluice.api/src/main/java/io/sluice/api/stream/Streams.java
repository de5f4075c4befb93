package io.sluice.api.stream;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Tracks;
import io.sluice.api.net.Connection;
import io.sluice.api.net.Handle;
import io.sluice.api.net.HttpExchange;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** The streams and the one gate in front of them. */
@ProviderType
public interface Streams {
    /**
     * Asks to watch. The answer completes on the connection's loop, exceptionally with {@link Denied}; a source may have to start first, for which it waits a bounded
     * time. A peer that leaves cancels its question.
     */
    CompletionStage<Reader> play(PlayRequest request);

    /** Asks to publish. The answer completes on the connection's loop, exceptionally with {@link Denied}. */
    CompletionStage<Publisher> publish(PublishRequest request);

    /**
     * An exchange that gives no media, a page or a description, is its visitor's as well: its bytes and its address are counted with the others'.
     *
     * @param stream as the peer wrote it, or "" where none is concerned
     * @return completes on the exchange's loop, in most cases at once, with what links carry as in {@link Reader#links}; exceptionally with {@link Denied}
     */
    CompletionStage<String> noted(HttpExchange exchange, String stream);

    /**
     * The reader that a snapshot names, for the version that takes over; the old version's object is void from the first use of this one.
     *
     * @throws IllegalArgumentException when the connection owns no such reader
     */
    Reader reader(Handle handle, Connection connection);

    /** The publisher that a snapshot names. @throws IllegalArgumentException when the connection owns no such publisher */
    Publisher publisher(Handle handle, Connection connection);

    /** What is known of a name, after the naming rule; state OFFLINE and an empty configuration where nothing covers it. Needs no admission: it gives no media. */
    StreamInfo info(String name);

    /**
     * The tracks of a stream, and in place of those that a form with these codecs does not carry, those that processes would make of them. What nobody can make stands as it is.
     *
     * @param name after the naming rule
     */
    default Tracks tracks(String name, Set<Codec> carried) {
        return info(name).tracks();
    }

    /** Every stream that is not offline, and every configured name. */
    List<StreamInfo> list();

    /**
     * Told of streams that come, go, or change state, tracks or number of viewers, and once of each that is there when this is called. Changes that follow each other closely are told as
     * one, within 50 ms; on a thread of the core's, one call after another; must not block.
     */
    AutoCloseable listen(Consumer<StreamInfo> changed);

    /** Anybody may publish any name without a key: a demo on a desk (--open). Pages say so while it lasts. */
    boolean open();
}
