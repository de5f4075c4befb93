package io.sluice.net.internal.dial;

import io.netty.handler.ssl.SslContext;
import io.sluice.api.net.Loops;
import io.sluice.net.internal.tls.ClientTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all who dial share: the policy of addresses, the lookups, and the certificates that are believed. Any thread. */
@Component(service = Dialling.class, configurationPid = DialerConfig.PID, immediate = true)
@Designate(ocd = DialerConfig.class)
public final class Dialling {
    private static final Logger LOG = LoggerFactory.getLogger(Dialling.class);

    private final Lookups lookups;
    private final ClientTls tls = new ClientTls();
    private volatile Destinations destinations;
    private volatile String problem = "";
    private volatile Path trustFile;

    @Activate
    public Dialling(@Reference Loops loops, DialerConfig config) {
        lookups = new Lookups(loops.workers());
        modified(config);
    }

    /** A configuration that cannot be understood must not open what it meant to close: nothing is dialled until it is right. */
    @Modified
    void modified(DialerConfig config) {
        trustFile = config.trustFile().isBlank() ? null : Path.of(config.trustFile().trim());
        try {
            destinations = new Destinations(config);
            problem = "";
        } catch (IllegalArgumentException e) {
            problem = DialerConfig.PID + ", 'allowed': " + e.getMessage();
            LOG.error("no connections are opened: {}", problem);
        }
    }

    /** Runs a task that calls {@link #find}, on a worker. */
    public void lookUp(String host, Runnable task) {
        lookups.run(host, task);
    }

    /**
     * Blocks.
     *
     * @param ours tells one of our own listeners
     * @return where to connect to, to be tried in this order; at least one
     * @throws IOException with a sentence that says why there is none
     */
    public List<InetSocketAddress> find(String host, int port, Predicate<InetSocketAddress> ours) throws IOException {
        if (!problem.isEmpty()) {
            throw new DialFailed(problem);
        }
        return destinations.find(host, port, ours);
    }

    /**
     * Reads files, so it blocks.
     *
     * @return for one connection, the caller's to release
     * @throws IOException when the file of trusted certificates cannot be read
     */
    public SslContext tls() throws IOException {
        return tls.context(trustFile);
    }

    @Deactivate
    void stop() {
        tls.close();
    }
}
