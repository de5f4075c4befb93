package io.sluice.api.net;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.osgi.annotation.versioning.ProviderType;

/** The core's threads, for media that has no connection (a file that is played out) and for what blocks. */
@ProviderType
public interface Loops {
    /** One of the event loops, in turn. Tasks must not block; shutdown calls are refused. */
    ScheduledExecutorService next();

    /** A bounded pool for files, commands, addresses and other things that block. */
    Executor workers();
}
