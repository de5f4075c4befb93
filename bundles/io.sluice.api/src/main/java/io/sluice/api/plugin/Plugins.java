package io.sluice.api.plugin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The elected version of each plugin. The deployer alone decides; nobody references a plugin type's services directly, because two
 * versions of a bundle can be active side by side and only one is to be called.
 */
@ProviderType
public interface Plugins {
    /**
     * Service property, true: a service of the contract that is no plugin by itself but goes and comes with one, such as what pages ask of an engine. A bundle that serves the
     * contract without this counts as core, and is replaced by a restart only.
     */
    String REPLACEABLE = "sluice.replaceable";

    /** Told of each change of one type, once for each name; the calls come one after another, not on an event loop. */
    @FunctionalInterface
    interface Listener<T> {
        /**
         * @param name   of the plugin
         * @param before what was elected, or null
         * @param now    what is elected from here on, or null when there is none: then {@code before} mostly is about to stop, this is the stopping thread, and
         *               its service object is alive until the call returns. When this call returns with both present, nothing new starts
         *               on {@code before}; what still runs there holds it by {@link Plugin#use}.
         */
        void elected(String name, Plugin<T> before, Plugin<T> now);
    }

    /**
     * What is known of one version.
     *
     * @param bundle  symbolic name
     * @param version of the bundle
     * @param sha256  identity of its jar, hexadecimal
     * @param origin  "system" or the file name in deploy/
     * @param state   ELECTED, STANDBY, DRAINING or REJECTED
     * @param reason  why it is in this state, one sentence, or ""
     * @param services names of what it offers, such as "Protocol rtmp"
     * @param uses    connections, segmenters and so on that run its code now
     */
    record Info(String bundle, String version, String sha256, String origin, State state, String reason, List<String> services, int uses) {
    }

    enum State { ELECTED, STANDBY, DRAINING, REJECTED }

    /** Calls the listener for what is elected now, before it returns, and for each change until closed. */
    <T> AutoCloseable listen(Class<T> type, Listener<T> listener);

    List<Info> list();

    /**
     * Elects one version of a bundle, remembered over restarts, and hands over to it.
     *
     * @param sha256 the jar's hash or a unique beginning of it
     * @throws IllegalArgumentException when there is no such version, or it cannot serve; the message says why
     */
    void elect(String sha256);
}
