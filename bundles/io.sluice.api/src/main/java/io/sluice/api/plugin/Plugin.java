package io.sluice.api.plugin;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** One service of one version of a plugin bundle. Its service object lives until the last use is closed. */
@ProviderType
public interface Plugin<T> {
    T service();

    /** Its service property "sluice.name". */
    String name();

    Map<String, Object> properties();

    /** Symbolic name and version of the bundle, such as "io.sluice.protocol.rtmp 0.1.0". */
    String bundle();

    /** Keeps the bundle until closed; for every connection, feed or task that runs its code. From any thread, cheap. */
    AutoCloseable use();
}
