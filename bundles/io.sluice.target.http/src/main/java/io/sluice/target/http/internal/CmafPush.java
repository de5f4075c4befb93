package io.sluice.target.http.internal;

import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.net.Dialer;
import io.sluice.api.push.PushAddress;
import io.sluice.api.push.PushRequest;
import io.sluice.api.stream.ReadFrom;
import io.sluice.format.delivery.Timeline;
import io.sluice.format.mp4.Mp4Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One push as CMAF (DASH-IF Live Media Ingest 1.1, interface 1): a long request for each track. Frames are taken while all of them have room, so tracks stay in step. All but {@link #close} on the
 * push's loop.
 */
final class CmafPush implements AutoCloseable {
    private final PushRequest request;
    private final Dialer dialer;
    private final HttpUrl url;
    private final Options options;
    private final Timeline timeline = new Timeline();
    private final Map<Integer, CmafTrack> posts = new LinkedHashMap<>();
    private Tracks tracks;
    private Frame head;
    private int begun;
    private int over;
    private boolean last;
    private boolean finished;
    private String end;

    private CmafPush(PushRequest request, Dialer dialer, HttpUrl url, Options options) {
        this.request = request;
        this.dialer = dialer;
        this.url = url;
        this.options = options;
    }

    static String problem(PushAddress address) {
        try {
            Options.ofCmaf(address.parameters());
            HttpUrl.check(plain(address.target()));
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage().replace("http://", "cmaf://").replace("/path/name.ts", "/path");
        }
    }

    private static String plain(String target) {
        return target.strip().replaceFirst("(?i)^cmaf(s?)://", "http$1://");
    }

    /** @throws IllegalArgumentException with the problem */
    static AutoCloseable start(PushRequest request, Dialer dialer) {
        Options options = Options.ofCmaf(request.address().parameters());
        CmafPush push = new CmafPush(request, dialer, HttpUrl.of(plain(request.address().target()), part -> request.expand(part, Map.of())), options);
        request.loop().execute(() -> {
            request.reader().onEnd(reason -> push.end("")); // the core takes the reader away, and says why itself
            request.reader().frames(ReadFrom.LIVE, push::run);
            push.run();
        });
        return push;
    }

    PushRequest request() {
        return request;
    }

    /** Something is there, or a server takes bytes again. */
    void run() {
        if (end != null || finished) {
            return;
        }
        try {
            while (takes()) {
                Frame frame = head == null ? request.reader().nextFrame() : head;
                head = null;
                if (frame == null) {
                    break;
                }
                if (tracks == null) {
                    head = frame;
                    open(frame.tracks());
                } else {
                    take(frame);
                }
            }
        } catch (IllegalArgumentException e) {
            end(e.getMessage());
            return;
        }
        if (takes() && head == null && (last || request.reader().ended())) {
            if (tracks == null) {
                end("");
            } else {
                finished = true;
                posts.values().forEach(CmafTrack::finish);
            }
        }
    }

    private boolean takes() {
        return end == null && (tracks == null || posts.values().stream().allMatch(p -> p.request().takes()));
    }

    private void open(Tracks now) {
        tracks = now;
        List<Track> carried = now.list().stream().filter(t -> Mp4Writer.problem(t).isEmpty()).toList();
        if (carried.isEmpty()) {
            throw new IllegalArgumentException("no track of this stream travels in CMAF: it has " + now.list());
        }
        if (carried.size() < now.list().size()) {
            request.progress().note("left out, as CMAF does not carry it: " + now.list().stream().filter(t -> !carried.contains(t)).toList());
        }
        for (Track track : carried) {
            String kind = track.kind().name().toLowerCase(Locale.ROOT);
            String name = kind + posts.keySet().stream().filter(id -> now.byId(id).orElseThrow().kind() == track.kind()).count();
            posts.put(track.id(), new CmafTrack(this, track, url.in(options.unified() ? "Streams(" + name + ")" : name + ".cmf" + kind.charAt(0)), options));
        }
        List.copyOf(posts.values()).forEach(p -> p.request().dial(dialer));
    }

    private void take(Frame frame) {
        try {
            if (frame.tracks() != tracks) {
                if (!frame.tracks().list().equals(tracks.list())) {
                    throw new IllegalArgumentException("the tracks of the stream changed, and a receiver of CMAF has them from the beginning");
                }
                tracks = frame.tracks();
            }
            CmafTrack post = posts.get(frame.track().id());
            long dts = timeline.dtsNanos(frame);
            if (post != null && dts != Timeline.DROP) {
                post.write(frame, dts);
            }
            request.progress().media(frame.dtsNanos());
        } finally {
            frame.payload().release();
        }
    }

    /** A server lets a body begin. */
    void begun() {
        if (++begun == posts.size()) {
            request.progress().running(url.shown().replaceFirst("^http", "cmaf"));
        }
        run();
    }

    /** What the stream has by now goes out; then the end. */
    void finish() {
        last = true;
        run();
        if (tracks == null || begun < posts.size()) {
            end("");
        }
    }

    /** The connection of a track is closed. */
    void over() {
        if (++over == posts.size()) {
            request.progress().ended(end == null ? "" : end);
        }
    }

    /** The first reason counts, for all tracks. */
    void end(String problem) {
        if (end != null) {
            return;
        }
        end = problem;
        if (head != null) {
            head.payload().release();
            head = null;
        }
        if (posts.isEmpty()) {
            request.progress().ended(problem);
        }
        List.copyOf(posts.values()).forEach(p -> p.request().end(problem));
    }

    @Override
    public void close() {
        request.loop().execute(this::finish);
    }
}
