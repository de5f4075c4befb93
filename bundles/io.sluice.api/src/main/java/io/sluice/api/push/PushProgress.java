package io.sluice.api.push;

import io.sluice.api.net.Account;
import org.osgi.annotation.versioning.ProviderType;

/** What a target tells of its push; the core's. All methods from any thread, cheap. Bytes and packets are told as to any {@link Account}: a dialled connection is given it. */
@ProviderType
public interface PushProgress extends Account {
    /** The file is open, the receiver has said yes. @param shown the target after expansion, without secrets: a path, an address */
    void running(String shown);

    /** Media up to this time, on the stream's timeline, has left us. */
    void media(long nanos);

    /** A line for people; the last ten are kept. Without secrets. */
    void note(String text);

    /** A recording is whole: tells RECORDING_END. */
    void recorded(Recording recording);

    /**
     * Over, by itself or after a close; the first call counts.
     *
     * @param problem what went wrong, in words without secrets; "" at the end of the media or after a close
     */
    void ended(String problem);
}
