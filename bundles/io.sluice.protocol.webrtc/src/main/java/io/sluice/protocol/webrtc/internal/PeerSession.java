package io.sluice.protocol.webrtc.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.dtls.DtlsHandler;
import io.sluice.api.dtls.DtlsTransport;
import io.sluice.api.net.Association;
import io.sluice.api.net.AssociationHandler;
import io.sluice.api.net.Snapshot;
import io.sluice.format.sdp.Offer;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One peer: ICE's checks, DTLS, and the media that it is here for. On the association's loop, but for what says otherwise. */
final class PeerSession implements AssociationHandler, DtlsHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PeerSession.class);
    private static final int SCHEMA = 1;
    private static final long WATCH_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** RFC 7983. */
    private static final int FIRST_DTLS = 20;
    private final Bench bench;
    private final Association association;
    private final String id;
    private final String etag;
    private final IceLite ice;
    private final String peerName;
    private DtlsTransport transport;
    private Media media;
    private long heardNanos;
    private boolean over;

    private PeerSession(Bench bench, Association association, String id, String etag, IceLite ice, String peerName) {
        this.bench = bench;
        this.association = association;
        this.id = id;
        this.etag = etag;
        this.ice = ice;
        this.peerName = peerName;
        heardNanos = bench.nanos();
    }

    /** @throws IllegalArgumentException where the offer's fingerprint is none */
    static PeerSession open(Bench bench, Association association, IceLite ice, Offer offer) {
        PeerSession session = new PeerSession(bench, association, Secrets.session(), "\"" + Secrets.iceName() + "\"", ice, offer.ice().ufrag());
        session.transport = bench.dtls().accept(association, offer.fingerprint().text(), session);
        session.begin();
        return session;
    }

    private void begin() {
        bench.add(this);
        watch();
    }

    /** A secret: whoever knows it may end the session. Any thread. */
    String id() {
        return id;
    }

    /** Of its ICE session. Any thread. */
    String etag() {
        return etag;
    }

    /** Its ICE name. Any thread. */
    String peerName() {
        return peerName;
    }

    IceLite ice() {
        return ice;
    }

    Association association() {
        return association;
    }

    DtlsTransport transport() {
        return transport;
    }

    boolean over() {
        return over;
    }

    /** The gate has said yes. */
    void media(Media here) {
        media = here;
        if (transport.ready()) {
            media.ready();
        }
    }

    private void watch() {
        association.schedule(WATCH_NANOS, () -> {
            if (bench.nanos() - heardNanos > bench.settings().silenceNanos()) {
                close("nothing was heard of it for " + TimeUnit.NANOSECONDS.toSeconds(bench.settings().silenceNanos()) + " s");
            } else {
                watch();
            }
        });
    }

    // --- from the port ---

    @Override
    public void received(ByteBuf datagram, InetSocketAddress from) {
        if (over || !datagram.isReadable()) {
            return;
        }
        if (datagram.getUnsignedByte(datagram.readerIndex()) < FIRST_DTLS) {
            if (ice.check(datagram, from, association)) {
                heardNanos = bench.nanos();
            }
        } else if (from.equals(association.remote())) {
            transport.received(datagram);
        }
    }

    @Override
    public void writable() {
        if (media != null) {
            media.writable();
        }
    }

    @Override
    public void stopping(String reason) {
        transport.close();
    }

    @Override
    public void closed() {
        over = true;
        bench.remove(this);
        if (media != null) {
            media.close();
        }
        transport.close();
    }

    @Override
    public void left() {
        over = true;
        bench.remove(this);
        if (media != null) {
            media.left();
        }
    }

    // --- from DTLS ---

    @Override
    public void ready() {
        if (media != null) {
            media.ready();
        }
    }

    @Override
    public void packet(ByteBuf packet) {
        heardNanos = bench.nanos();
        if (media == null) {
            return;
        }
        int type = packet.getUnsignedByte(packet.readerIndex() + 1);
        if (type >= 192 && type <= 223) {
            media.control(packet);
        } else {
            media.packet(packet);
        }
    }

    @Override
    public void closed(String reason) {
        close(reason);
    }

    /** Says goodbye to the peer. Any thread. */
    void close(String reason) {
        association.loop().execute(() -> {
            if (!over) {
                over = true;
                transport.close();
                association.close(reason);
            }
        });
    }

    // --- versions ---

    @Override
    public Snapshot snapshot() {
        if (over || media == null || !transport.ready()) {
            return null;
        }
        Snapshot of = media.snapshot();
        return of == null ? null : Snapshot.of(SCHEMA).put("id", id).put("etag", etag).put("iceName", ice.name()).put("icePassword", ice.password()).put("peerName", peerName)
            .put("transport", transport.handle()).put("publishes", media instanceof IngestMedia).put("media", of).build();
    }

    static PeerSession resume(Bench bench, Association association, Snapshot s) {
        if (s.schema() != SCHEMA) {
            throw new IllegalArgumentException("wanted a snapshot of schema " + SCHEMA + ", found " + s.schema());
        }
        IceLite ice = new IceLite(s.text("iceName"), s.text("icePassword"));
        ice.resumed();
        PeerSession session = new PeerSession(bench, association, s.text("id"), s.text("etag"), ice, s.text("peerName"));
        session.media = s.flag("publishes") ? IngestMedia.resume(bench, session, s.nested("media")) : PlayMedia.resume(bench, session, s.nested("media"));
        session.transport = bench.dtls().transport(s.handle("transport"), association, session);
        session.begin();
        session.media.ready();
        LOG.debug("{} goes on", session);
        return session;
    }

    @Override
    public String toString() {
        return "webrtc " + association.id();
    }
}
