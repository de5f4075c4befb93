package io.sluice.format.sdp;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes an answer: ICE-lite, all accepted sections bundled, RTCP on the same port, DTLS passive, payload types and header extensions by the offer's numbers (RFC 8829
 * section 5.3). A rejected section keeps its place and its mid, with port 0.
 */
public final class AnswerWriter {
    private static final String END = "\r\n";
    /** Port 9 and this address: what is true, the candidates say (RFC 8840 section 4.1.1). */
    private static final String ANYWHERE = "c=IN IP4 0.0.0.0";

    private final StringBuilder out = new StringBuilder();
    private final AnswerTransport transport;

    private AnswerWriter(AnswerTransport transport) {
        this.transport = transport;
    }

    /**
     * @param session a number of the server's own for this session, 0 or more
     * @param version counts answers in this session, from 1
     * @param media   one for each section of the offer, in its order
     */
    public static String write(long session, int version, AnswerTransport transport, List<AnswerMedia> media) {
        AnswerWriter writer = new AnswerWriter(transport);
        writer.session(session, version, media);
        media.forEach(writer::media);
        return writer.out.toString();
    }

    private void session(long session, int version, List<AnswerMedia> media) {
        line("v=0");
        line("o=- " + session + " " + version + " IN IP4 127.0.0.1");
        line("s=-");
        line("t=0 0");
        line("a=ice-lite");
        String mids = media.stream().filter(m -> !m.rejected() && !m.offered().mid().isEmpty()).map(m -> m.offered().mid()).collect(Collectors.joining(" "));
        if (!mids.isEmpty()) {
            line("a=group:BUNDLE " + mids);
        }
        line("a=msid-semantic: WMS *");
    }

    private void media(AnswerMedia m) {
        OfferedMedia offered = m.offered();
        String protocol = " " + offered.section().protocol() + " ";
        if (m.rejected()) {
            line("m=" + offered.kind() + " 0" + protocol + offered.section().formats().get(0));
            line(ANYWHERE);
            mid(offered);
            line("a=inactive");
            return;
        }
        line("m=" + offered.kind() + " 9" + protocol + m.formats().stream().map(f -> Integer.toString(f.type())).collect(Collectors.joining(" ")));
        line(ANYWHERE);
        mid(offered);
        transport();
        line("a=" + m.direction().attribute());
        line("a=rtcp-mux");
        if (offered.section().has("rtcp-rsize")) {
            line("a=rtcp-rsize");
        }
        m.extensions().forEach(uri -> extension(offered, uri));
        m.formats().forEach(f -> format(m, f));
        simulcast(m);
        if (m.sent() != null) {
            sent(m.sent());
        }
    }

    private void mid(OfferedMedia offered) {
        if (!offered.mid().isEmpty()) {
            line("a=mid:" + offered.mid());
        }
    }

    private void transport() {
        line("a=ice-ufrag:" + transport.ice().ufrag());
        line("a=ice-pwd:" + transport.ice().password());
        line("a=fingerprint:" + transport.fingerprint().text());
        line("a=setup:passive");
        for (int i = 0; i < transport.candidates().size(); i++) {
            line(transport.candidates().get(i).line(i));
        }
        line("a=end-of-candidates");
    }

    private void extension(OfferedMedia offered, String uri) {
        int id = offered.extension(uri);
        if (id > 0) {
            line("a=extmap:" + id + offered.answeredDirection(id) + " " + uri);
        }
    }

    private void format(AnswerMedia m, PayloadFormat f) {
        line("a=rtpmap:" + f.type() + " " + f.encoding() + "/" + f.clockRate() + (f.channels() > 1 ? "/" + f.channels() : ""));
        if (!f.parameters().isEmpty()) {
            line("a=fmtp:" + f.type() + " " + f.parameters());
        }
        f.feedback().stream().filter(m.feedback()::contains).forEach(kind -> line("a=rtcp-fb:" + f.type() + " " + kind));
    }

    /** RFC 8853: what the peer would send, we say that we receive. */
    private void simulcast(AnswerMedia m) {
        if (!m.rids().isEmpty()) {
            m.rids().forEach(rid -> line("a=rid:" + rid + " recv"));
            line("a=simulcast:recv " + String.join(";", m.rids()));
        }
    }

    private void sent(AnswerMedia.SentStream sent) {
        line("a=msid:" + sent.stream() + " " + sent.track());
        if (sent.rtxSsrc() != 0) {
            line("a=ssrc-group:FID " + sent.ssrc() + " " + sent.rtxSsrc());
        }
        source(sent, sent.ssrc());
        if (sent.rtxSsrc() != 0) {
            source(sent, sent.rtxSsrc());
        }
    }

    private void source(AnswerMedia.SentStream sent, long ssrc) {
        line("a=ssrc:" + ssrc + " cname:" + sent.cname());
        line("a=ssrc:" + ssrc + " msid:" + sent.stream() + " " + sent.track());
    }

    private void line(String text) {
        out.append(text).append(END);
    }
}
