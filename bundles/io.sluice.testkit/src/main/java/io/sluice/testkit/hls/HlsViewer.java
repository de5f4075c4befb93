package io.sluice.testkit.hls;

import io.sluice.testkit.media.Kind;
import io.sluice.testkit.media.Seen;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Follows an HLS stream on a thread of its own: the master's first variant, each segment fetched once as soon as it is listed. Keeps frames, the hash of
 * every segment, and every fault: a failed request, a broken rule of the playlist or of the transport stream.
 */
public final class HlsViewer implements AutoCloseable {
    /** Several loads per segment: a rule broken for a moment is seen. */
    private static final Duration RELOAD = Duration.ofMillis(300);
    private static final int MAX_FAULTS = 100;

    private final HttpLink link = new HttpLink();
    /** For the second looks, which come from another thread. */
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build();
    private final PlaylistRules rules = new PlaylistRules();
    private final TsReader ts = new TsReader();
    private final List<FetchedSegment> segments = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Thread thread;
    private volatile URI media;
    private volatile boolean stopping;
    private volatile boolean ended;

    private HlsViewer(URI master) {
        thread = new Thread(() -> run(master), "testkit-hls");
        thread.setDaemon(true);
        thread.start();
    }

    /** Begins to watch. @param master http://host:port/hls/STREAM/index.m3u8 */
    public static HlsViewer watch(URI master) {
        return new HlsViewer(master);
    }

    private void run(URI master) {
        while (!stopping && !ended) {
            try {
                media = media == null ? variant(master) : media;
                reload();
            } catch (IOException | RuntimeException e) {
                fault(e.toString());
            }
            LockSupport.parkNanos(this, RELOAD.toNanos());
        }
    }

    private URI variant(URI master) throws IOException {
        String text = new String(load(master).body());
        if (!text.contains("#EXT-X-STREAM-INF")) {
            throw new IOException(master + " is no master playlist: " + text.lines().limit(3).toList());
        }
        return text.lines().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#")).findFirst().map(master::resolve)
            .orElseThrow(() -> new IOException(master + " lists no variant"));
    }

    private void reload() throws IOException {
        MediaPlaylist list = MediaPlaylist.parse(media, new String(load(media).body()));
        List<MediaPlaylist.Entry> fresh;
        synchronized (this) {
            fresh = rules.load(list);
        }
        for (MediaPlaylist.Entry entry : fresh) {
            segment(entry);
        }
        ended = list.ended();
    }

    private void segment(MediaPlaylist.Entry entry) {
        try {
            HttpLink.Answer response = load(entry.uri());
            String type = response.contentType();
            synchronized (this) {
                TsFacts facts = ts.segment("segment " + entry.sequence(), response.body(), entry.discontinuity());
                segments.add(new FetchedSegment(entry.uri(), entry.sequence(), entry.seconds(), entry.discontinuity(), sha256(response.body()), facts));
            }
            if (!type.equalsIgnoreCase("video/mp2t")) {
                fault(entry.uri() + " has the content type \"" + type + "\", not video/mp2t");
            }
        } catch (IOException e) {
            fault("segment " + entry.sequence() + ": " + e.getMessage());
        }
    }

    private HttpLink.Answer load(URI uri) throws IOException {
        HttpLink.Answer answer = link.get(uri);
        if (answer.status() != 200) {
            throw new IOException(uri + " answered " + answer.status() + " " + new String(answer.body()).lines().limit(3).toList());
        }
        return answer;
    }

    private HttpResponse<byte[]> fetch(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(uri + " answered " + response.statusCode() + " " + new String(response.body()).lines().limit(3).toList());
        }
        return response;
    }

    private synchronized void fault(String text) {
        if (faults.size() < MAX_FAULTS && !faults.contains(text)) {
            faults.add(text);
        }
    }

    /**
     * Fetches every URL that is listed now, or was not long ago, once more.
     *
     * @param newest how many of the last fetched segments; those still listed at least
     * @return one sentence for each that does not give the same bytes as the first time
     */
    public List<String> refetch(int newest) throws IOException, InterruptedException {
        List<String> different = new ArrayList<>();
        List<FetchedSegment> all = segments();
        for (FetchedSegment segment : all.subList(Math.max(0, all.size() - newest), all.size())) {
            try {
                String hash = sha256(fetch(segment.uri()).body());
                if (!hash.equals(segment.sha256())) {
                    different.add(segment.uri() + " gave other bytes than before: " + hash + " instead of " + segment.sha256());
                }
            } catch (IOException e) {
                different.add(e.getMessage());
            }
        }
        return different;
    }

    /** Fetches all URLs of the playlist as it is now and compares those that were fetched before. */
    public List<String> refetchListed() throws IOException, InterruptedException {
        MediaPlaylist list = MediaPlaylist.parse(media, new String(fetch(media).body()));
        long first = list.sequence();
        return refetch((int) segments().stream().filter(s -> s.sequence() >= first).count());
    }

    /** Access units of all segments so far. */
    public synchronized List<Seen> frames(Kind kind) {
        return ts.frames(kind);
    }

    /** Segments fetched so far, in order. */
    public synchronized List<FetchedSegment> segments() {
        return List.copyOf(segments);
    }

    /** Everything that went wrong so far; empty when all is well. */
    public synchronized List<String> faults() {
        List<String> all = new ArrayList<>(faults);
        all.addAll(rules.faults());
        all.addAll(ts.faults());
        return all;
    }

    /** The client's ports of the connections that it needed, the newest last: one, while the server keeps it alive. */
    public List<Integer> localPorts() {
        return link.localPorts();
    }

    /** The playlist said that no more will come. */
    public boolean ended() {
        return ended;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Stops watching and waits until what is under way has ended. */
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join(25_000);
            link.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
