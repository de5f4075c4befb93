package io.sluice.protocol.webrtc.internal;

import io.sluice.api.net.Association;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.stream.Credentials;
import io.sluice.api.stream.Denied;
import io.sluice.api.stream.PlayRequest;
import io.sluice.api.stream.PublishRequest;
import io.sluice.api.stream.Publisher;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.StreamInfo;
import io.sluice.format.sdp.AnswerMedia;
import io.sluice.format.sdp.AnswerTransport;
import io.sluice.format.sdp.AnswerWriter;
import io.sluice.format.sdp.Candidate;
import io.sluice.format.sdp.Fingerprint;
import io.sluice.format.sdp.IceCredentials;
import io.sluice.format.sdp.Offer;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From an offer to an answer: asks the gate, agrees on formats. On the association's loop, which is the exchange's. */
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final Bench bench;
    private final HttpExchange exchange;
    private final PeerSession session;
    private final Offer offer;
    private final List<InetSocketAddress> addresses;
    private final BiConsumer<PeerSession, String> accepted;
    private boolean left;

    Admission(Bench bench, HttpExchange exchange, PeerSession session, Offer offer, List<InetSocketAddress> addresses, BiConsumer<PeerSession, String> accepted) {
        this.bench = bench;
        this.exchange = exchange;
        this.session = session;
        this.offer = offer;
        this.addresses = addresses;
        this.accepted = accepted;
    }

    /** The association is not the core's yet while its handler is being made: the question is asked in the next turn of the loop. */
    void ask(boolean publish, String name) {
        Credentials credentials = Credentials.of(exchange, name);
        String url = exchange.origin() + exchange.path() + (exchange.rawQuery().isEmpty() ? "" : "?" + exchange.rawQuery());
        String agent = exchange.header("user-agent") == null ? "" : exchange.header("user-agent");
        Association association = session.association();
        exchange.onEnd(() -> left = true);
        association.loop().execute(() -> {
            if (publish) {
                bench.streams().publish(PublishRequest.of(association, WebRtc.NAME, credentials, url, agent)).whenComplete((publisher, no) -> step(no, () -> publishes(publisher)));
            } else {
                bench.streams().play(PlayRequest.of(association, WebRtc.NAME, credentials, url, agent)).whenComplete((reader, no) -> step(no, () -> plays(reader)));
            }
        });
    }

    private void step(Throwable no, Runnable yes) {
        try {
            if (no != null) {
                throw problem(no);
            }
            if (left) {
                session.close("its exchange ended before it was answered");
            } else {
                yes.run();
            }
        } catch (Problem.Found found) {
            session.close(found.getMessage());
            if (!left) {
                found.problem().answer(exchange);
            }
        }
    }

    private Problem.Found problem(Throwable no) {
        Throwable cause = no instanceof CompletionException && no.getCause() != null ? no.getCause() : no;
        if (cause instanceof Denied denied) {
            boolean anonymous = denied.reason() == Denied.Reason.KEY && exchange.header("authorization") == null;
            Problem p = Problem.of(denied);
            return new Problem.Found(anonymous ? 401 : p.status(), p.title(), p.detail());
        }
        LOG.warn("{}: the question at the gate failed", session, cause);
        return new Problem.Found(500, "internal error", "whether this may be done could not be found out");
    }

    private void publishes(Publisher publisher) {
        IngestAgreement agreement = IngestAgreement.of(offer);
        if (agreement.isEmpty()) {
            throw new Problem.Found(422, "no common format", "nothing that is offered can be taken: wanted H.264, VP8 or another picture that is known, or Opus");
        }
        session.association().describe("publish", publisher.stream());
        session.media(new IngestMedia(bench, session, publisher, agreement.media()));
        LOG.info("{} publishes {} ({})", session, publisher.stream(), agreement);
        accepted.accept(session, answer(agreement.answers()));
    }

    private void plays(Reader reader) {
        StreamInfo info = bench.streams().info(reader.stream());
        if (info.tracks().list().isEmpty()) {
            throw new Problem.Found(503, "not yet", reader.stream() + " has no tracks yet");
        }
        if (info.hasBFrames() && info.tracks().hasVideo()) {
            LOG.info("{} cannot watch {} by WebRTC: its picture has B-frames; publish it without them (ffmpeg -bf 0; OBS: profile baseline)", session, reader.stream());
            throw new Problem.Found(422, "B-frames", "the picture has B-frames, which WebRTC has no way to show in order; HLS has");
        }
        PlayAgreement agreement = PlayAgreement.of(offer, reader.tracks(new RtpFeed()), info.tracks(), reader.stream());
        agreement.refusals().forEach(why -> LOG.info("{} watches {} without its {}", session, reader.stream(), why));
        if (agreement.tracks().isEmpty()) {
            throw new Problem.Found(422, "no common format", "the stream has " + info.tracks().list().stream().map(t -> t.codec().label()).toList() + ", and the offer takes none of it");
        }
        session.association().describe("play", reader.stream());
        session.media(new PlayMedia(bench, session, reader, agreement.tracks()));
        LOG.info("{} plays {}", session, reader.stream());
        accepted.accept(session, answer(agreement.answers()));
    }

    private String answer(List<AnswerMedia> media) {
        List<Candidate> candidates = addresses.stream().map(a -> new Candidate(a.isUnresolved() ? a.getHostString() : a.getAddress().getHostAddress().replaceAll("%.*", ""), a.getPort(), false))
            .toList();
        String[] own = bench.dtls().fingerprint().split(" ");
        Fingerprint fingerprint = new Fingerprint(own[0], HexFormat.ofDelimiter(":").parseHex(own[1]));
        return AnswerWriter.write(Secrets.number(), 1, new AnswerTransport(new IceCredentials(session.ice().name(), session.ice().password()), fingerprint, candidates), media);
    }
}
