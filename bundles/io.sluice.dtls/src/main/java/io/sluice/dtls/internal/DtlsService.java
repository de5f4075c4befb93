package io.sluice.dtls.internal;

import io.sluice.api.dtls.Dtls;
import io.sluice.api.dtls.DtlsHandler;
import io.sluice.api.dtls.DtlsTransport;
import io.sluice.api.net.Association;
import io.sluice.api.net.Connections;
import io.sluice.api.net.Handle;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** All transports, the certificate that peers know us by, and the threads for handshakes, which wait for their peers. */
@Component(configurationPid = DtlsConfig.PID, immediate = true)
@Designate(ocd = DtlsConfig.class)
public final class DtlsService implements Dtls {
    private static final int WAITING_FOR_EACH = 8;

    private final Predicate<Association> genuine;
    private final OwnCertificate certificate = OwnCertificate.make();
    private final String fingerprint = Fingerprint.of(certificate.encoded()).toString();
    private final BcTlsCrypto crypto = new BcTlsCrypto(new SecureRandom());
    private final Map<Long, DtlsSession> sessions = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final ThreadPoolExecutor threads;
    private volatile int timeoutMillis;

    @Activate
    public DtlsService(@Reference Connections connections, DtlsConfig config) {
        this(connections::owns, config.maxHandshakes(), config.handshakeSeconds() * 1000);
    }

    /** @param genuine tells the core's associations from what a plugin made */
    DtlsService(Predicate<Association> genuine, int handshakes, int timeoutMillis) {
        this.genuine = genuine;
        this.timeoutMillis = Math.max(1, timeoutMillis);
        int most = Math.max(1, handshakes);
        AtomicInteger count = new AtomicInteger();
        threads = new ThreadPoolExecutor(most, most, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(most * WAITING_FOR_EACH), task -> {
            Thread thread = new Thread(task, "sluice-dtls-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
    }

    /** The number of threads is of the next start. */
    @Modified
    void modified(DtlsConfig config) {
        timeoutMillis = Math.max(1, config.handshakeSeconds() * 1000);
    }

    @Deactivate
    void stop() {
        threads.shutdownNow();
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public DtlsTransport accept(Association association, String peerFingerprint, DtlsHandler handler) {
        Fingerprint peer = Fingerprint.parse(peerFingerprint);
        if (!genuine.test(association)) {
            throw new IllegalArgumentException("DTLS takes open associations of the core's own only");
        }
        long id = ids.incrementAndGet();
        DtlsSession session = new DtlsSession(id, association, goodbye -> new Handshake(crypto, certificate, peer, timeoutMillis, goodbye), threads, handler);
        sessions.put(id, session);
        association.onEnd(() -> {
            sessions.remove(id);
            session.end();
        });
        return session;
    }

    @Override
    public DtlsTransport transport(Handle handle, Association association, DtlsHandler handler) {
        DtlsSession session = sessions.get(handle.id());
        if (session == null || session.association() != association) {
            throw new IllegalArgumentException("the association owns no transport " + handle);
        }
        session.handler(handler);
        return session;
    }
}
