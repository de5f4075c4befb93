package io.sluice.api.stream;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The finished segments of one stream in one form. From any thread. */
@ProviderType
public interface Segments {
    /** Those to be listed now, oldest first; an immutable copy. */
    List<Segment> listed();

    /** A segment by its path, listed or not long gone from the list; the caller gets a reference of its own to the data and releases it. Null when it is not there. */
    Segment find(String path);

    /** Discontinuities before the first listed segment (EXT-X-DISCONTINUITY-SEQUENCE). */
    long discontinuitySequence();

    /** No more segments will come. */
    boolean ended();

    /** Why this form leaves out tracks of the stream, or cannot carry it at all, in words for people; "" when all is well. */
    String problem();

    /** Calls the task once, on the reader's loop, when a segment is added after this call or the stream ends; at once when ended. */
    void onChange(Runnable task);
}
