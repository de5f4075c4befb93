package io.sluice.protocol.hls.internal;

import io.sluice.api.net.HttpExchange;
import io.sluice.api.stream.Credentials;
import io.sluice.api.stream.Denied;
import io.sluice.api.stream.PlayRequest;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.Segment;
import io.sluice.api.stream.Segments;
import io.sluice.api.stream.Streams;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request, from the gate to its answer. On the exchange's loop; its reader lives as long as the exchange. */
final class HlsRequest {
    private static final Logger LOG = LoggerFactory.getLogger(HlsRequest.class);

    private final HttpExchange exchange;
    private final HlsAnswer answer;
    private final HlsPath path;
    private final Streams streams;
    private final HlsConfig config;
    private final MadePlaylists playlists;
    private Reader reader;
    private AutoCloseable timeout;
    private boolean done;

    HlsRequest(HttpExchange exchange, HlsAnswer answer, HlsPath path, Streams streams, HlsConfig config, MadePlaylists playlists) {
        this.exchange = exchange;
        this.answer = answer;
        this.path = path;
        this.streams = streams;
        this.config = config;
        this.playlists = playlists;
    }

    void start() {
        exchange.onEnd(this::end);
        PlayRequest request = PlayRequest.of(exchange, "hls", Credentials.of(exchange, path.stream()));
        streams.play(path.kind() == HlsPath.Kind.SEGMENT ? request.forCaches() : request).whenComplete(this::admitted);
    }

    private void admitted(Reader given, Throwable refused) {
        if (refused != null) {
            refuse(refused instanceof CompletionException && refused.getCause() != null ? refused.getCause() : refused);
            return;
        }
        if (done) {
            close(given);
            return;
        }
        reader = given;
        reader.onEnd(reason -> sentence(403, reason));
        exchange.connection().describe("play", reader.stream());
        try {
            serve(reader.segments("hls"));
        } catch (IllegalArgumentException e) {
            sentence(503, e.getMessage());
        }
    }

    private void serve(Segments segments) {
        if (path.kind() == HlsPath.Kind.SEGMENT) {
            segment(segments);
            return;
        }
        look(segments);
        if (!done) {
            timeout = exchange.connection().schedule(config.waitMillis() * 1_000_000L, () -> giveUp(segments));
        }
    }

    private void segment(Segments segments) {
        Segment found = segments.find(path.segment());
        if (found == null) {
            sentence(404, "segment " + path.segment() + " of " + reader.stream() + " is not kept any more, or never was");
        } else if (done) {
            found.data().release();
        } else {
            done = true;
            answer.segment(found.contentType(), config.segmentMaxAgeSeconds(), found.data().duplicate());
        }
    }

    /** Answers a playlist as soon as there is a segment in it; until then, looks again at each change. */
    private void look(Segments segments) {
        answerIfReady(segments);
        if (!done) {
            segments.onChange(() -> look(segments));
            // what came between the look and the question does not call back
            answerIfReady(segments);
        }
    }

    private void answerIfReady(Segments segments) {
        if (done) {
            return;
        }
        CarriedTracks carried = CarriedTracks.of(streams.tracks(reader.stream(), CarriedTracks.CODECS));
        boolean ended = segments.ended();
        long discontinuities;
        List<Segment> listed;
        do {
            discontinuities = segments.discontinuitySequence();
            listed = segments.listed();
        } while (discontinuities != segments.discontinuitySequence());
        if (carried.refused() && !carried.problem().isEmpty()) {
            sentence(406, carried.problem() + ": watch " + reader.stream() + " by another protocol, or publish H.264 or H.265 with AAC or MP3");
        } else if (!listed.isEmpty()) {
            done = true;
            answer.playlist(path.kind() == HlsPath.Kind.MASTER ? MasterPlaylist.text(carried.list(), listed, reader.links()).getBytes(StandardCharsets.UTF_8)
                : playlists.text(reader.stream(), listed, discontinuities, ended, reader.links()));
        } else if (ended) {
            sentence(404, reader.stream() + " ended before its first segment was finished");
        }
    }

    private void giveUp(Segments segments) {
        String problem = segments.problem();
        sentence(404, "no segment of " + reader.stream() + " was finished within " + config.waitMillis() + " ms: " + (problem.isEmpty() ? "no key frame came" : problem));
    }

    private void refuse(Throwable why) {
        if (why instanceof Denied denied) {
            if (denied.reason() == Denied.Reason.TOKEN) {
                exchange.addHeader("www-authenticate", "Bearer");
            }
            sentence(status(denied.reason()), denied.getMessage());
        } else if (why instanceof CancellationException) {
            done = true; // the peer has left, and its question with it
        } else if (!done) {
            LOG.warn("hls {}: the question whether {} may be watched failed", exchange.connection().id(), path.stream(), why);
            sentence(500, "the question whether this may be watched failed");
        }
    }

    private static int status(Denied.Reason reason) {
        return switch (reason) {
            case NAME, UNKNOWN, OFFLINE -> 404;
            case TOKEN -> 401;
            case KEY, ADDRESS, SESSION -> 403;
            case SIZE -> 431;
            case BUSY -> 409;
            case LIMIT, STOPPING -> 503;
        };
    }

    private void sentence(int status, String text) {
        if (!done) {
            done = true;
            answer.sentence(status, text);
        }
    }

    /** The answer is complete, or the peer has left. */
    private void end() {
        done = true;
        close(timeout);
        close(reader);
    }

    private static void close(AutoCloseable what) {
        try {
            if (what != null) {
                what.close();
            }
        } catch (Exception e) {
            LOG.warn("hls: closing {} failed", what, e);
        }
    }
}
