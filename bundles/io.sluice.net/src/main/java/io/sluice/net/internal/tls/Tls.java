package io.sluice.net.internal.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS 1.2 and 1.3 for all listeners, by BoringSSL where it is installed. Contexts are made on a worker; a connection that comes before they are there is
 * closed. Any thread.
 */
public final class Tls {
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
    private static final long HANDSHAKE_SECONDS = 10;

    /** One with ALPN for HTTP, one without. */
    private record Contexts(SslContext http, SslContext plain) {
        void release() {
            ReferenceCountUtil.release(http);
            ReferenceCountUtil.release(plain);
        }
    }

    private final Path data;
    private final Executor workers;
    private final SslProvider provider;
    private Path certificateFile;
    private Path keyFile;
    private boolean wanted;
    private int change;
    private volatile Contexts contexts;

    /** @param data folder in which a self-signed certificate is kept */
    public Tls(Path data, Executor workers) {
        this(data, workers, boringSsl() ? SslProvider.OPENSSL : SslProvider.JDK);
    }

    public Tls(Path data, Executor workers, SslProvider provider) {
        this.provider = provider;
        this.data = data;
        this.workers = workers;
    }

    /** Both null: self-signed. New connections use it as soon as it is loaded; what cannot be loaded leaves the one before in use. */
    public synchronized void configure(Path newCertificate, Path newKey) {
        certificateFile = newCertificate;
        keyFile = newKey;
        if (wanted) {
            load();
        }
    }

    /** A listener needs a certificate. */
    public synchronized void prepare() {
        if (!wanted) {
            wanted = true;
            load();
        }
    }

    private void load() {
        Path certificate = certificateFile;
        Path key = keyFile;
        int mine = ++change;
        workers.execute(() -> {
            try {
                use(mine, build(certificate == null ? SelfSigned.identity(data.resolve("tls")) : Identity.fromPem(certificate, key)));
            } catch (Exception e) {
                LOG.error("TLS listeners cannot speak: {}", e.getMessage() == null ? e.toString() : e.getMessage());
            }
        });
    }

    private synchronized void use(int loaded, Contexts made) {
        if (loaded != change) {
            made.release();
            return;
        }
        Contexts old = contexts;
        contexts = made;
        LOG.info("TLS is ready ({})", provider == SslProvider.JDK ? "JDK" : OpenSsl.versionString());
        if (old != null) {
            old.release();
        }
    }

    private Contexts build(Identity identity) throws Exception {
        return new Contexts(context(identity).applicationProtocolConfig(new ApplicationProtocolConfig(Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE,
            SelectedListenerFailureBehavior.ACCEPT, ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1)).build(), context(identity).build());
    }

    private SslContextBuilder context(Identity identity) {
        return SslContextBuilder.forServer(identity.key(), identity.chain()).sslProvider(provider)
            .protocols("TLSv1.3", "TLSv1.2");
    }

    static boolean boringSsl() {
        try {
            return OpenSsl.isAvailable();
        } catch (LinkageError e) {
            return false;
        }
    }

    public boolean ready() {
        return contexts != null;
    }

    /** A connection's handler; only when {@link #ready}. Locked for a moment, so that a changed certificate does not release the context in between. */
    public synchronized ChannelHandler handler(ByteBufAllocator alloc, boolean http) {
        Contexts now = contexts;
        SslHandler handler = (http ? now.http() : now.plain()).newHandler(alloc);
        handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        return handler;
    }

    public synchronized void close() {
        change++;
        Contexts old = contexts;
        contexts = null;
        if (old != null) {
            old.release();
        }
    }
}
