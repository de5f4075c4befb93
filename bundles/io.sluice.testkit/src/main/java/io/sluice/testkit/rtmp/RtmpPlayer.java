package io.sluice.testkit.rtmp;

import io.sluice.testkit.media.Kind;
import io.sluice.testkit.media.MediaFrame;
import io.sluice.testkit.media.Seen;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Plays a stream over RTMP on a thread of its own and keeps what came: for each frame its hash and unwrapped time, chunk sizes, statuses, the end. */
public final class RtmpPlayer implements AutoCloseable {
    private static final int SHORT_BUFFER_BYTES = 64 << 10;

    private final RtmpLink link;
    private final Thread thread;
    private final Map<Kind, List<Seen>> seen = new EnumMap<>(Kind.class);
    private final Map<Kind, Long> last = new EnumMap<>(Kind.class);
    private final List<MediaFrame> headers = new ArrayList<>();
    private final List<String> statuses = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private String ended = "";
    private volatile boolean stopping;
    private volatile boolean paused;

    private RtmpPlayer(RtmpAddress address, int receiveBufferBytes) throws IOException {
        link = new RtmpLink(address.uri(), receiveBufferBytes);
        try {
            int stream = link.open(address.uri(), address.app());
            link.command(stream, "play", 3, null, address.stream(), -2000);
        } catch (IOException e) {
            link.close();
            throw e;
        }
        thread = new Thread(this::run, "testkit-player");
        thread.setDaemon(true);
        thread.start();
    }

    /** Connects and plays; does not wait for media. @param uri rtmp://host:port/app/stream */
    public static RtmpPlayer open(URI uri) throws IOException {
        return new RtmpPlayer(RtmpAddress.of(uri), 0);
    }

    /** As {@link #open}, with a socket that buffers little: when reading stops, the server feels it soon, as with a long line. */
    public static RtmpPlayer openShort(URI uri) throws IOException {
        return new RtmpPlayer(RtmpAddress.of(uri), SHORT_BUFFER_BYTES);
    }

    private void run() {
        try {
            while (true) {
                RtmpMessage message = link.next();
                awaitReading();
                take(message);
            }
        } catch (IOException | RuntimeException e) {
            synchronized (this) {
                ended = stopping ? "" : "connection ended: " + e;
            }
        }
    }

    private void awaitReading() {
        while (paused && !stopping) {
            LockSupport.park(this);
        }
    }

    /** Stops reading from the socket, as a viewer does whose line or machine is stuck, and goes on with it. */
    public void reading(boolean on) {
        paused = !on;
        LockSupport.unpark(thread);
    }

    private synchronized void take(RtmpMessage message) {
        Kind kind = Kind.of(message.type());
        if (kind != null) {
            frame(new MediaFrame(kind, unwrapped(kind, message.timestamp()), message.payload()));
        } else if (message.type() == RtmpMessage.COMMAND) {
            status(Amf0.decode(message.payload()));
        }
    }

    private void frame(MediaFrame frame) {
        if (frame.header()) {
            headers.add(frame);
            return;
        }
        List<Seen> list = seen.computeIfAbsent(frame.kind(), k -> new ArrayList<>());
        if (!list.isEmpty() && frame.millis() < list.get(list.size() - 1).millis()) {
            faults.add(frame.kind() + " #" + list.size() + ": time goes back from " + list.get(list.size() - 1).millis() + " to " + frame.millis() + " ms");
        }
        list.add(frame.seen());
    }

    /** The 64-bit time nearest to the last one of its kind (RTMP 1.0, 5.3.1.2: serial number arithmetic). */
    private long unwrapped(Kind kind, long timestamp) {
        Long before = last.get(kind);
        long time = before == null ? timestamp : before + (int) (timestamp - before);
        last.put(kind, time);
        return time;
    }

    private void status(List<Object> values) {
        if (values.get(values.size() - 1) instanceof Map<?, ?> info && info.get("code") != null) {
            statuses.add(info.get("code") + ": " + info.get("description"));
        }
    }

    /** Media frames so far, in order of arrival. */
    public synchronized List<Seen> frames(Kind kind) {
        return List.copyOf(seen.getOrDefault(kind, List.of()));
    }

    public synchronized int count(Kind kind) {
        return seen.getOrDefault(kind, List.of()).size();
    }

    /** Metadata and decoder configurations, in order of arrival. */
    public synchronized List<MediaFrame> headers() {
        return List.copyOf(headers);
    }

    /** Every Set Chunk Size that came: a new version of the protocol says its own. */
    public List<Integer> chunkSizes() {
        return link.chunkSizes();
    }

    /** Every onStatus as "code: description". */
    public synchronized List<String> statuses() {
        return List.copyOf(statuses);
    }

    /** Times that went back. */
    public synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    /** Why the connection ended without our doing, or "" while it lasts. */
    public synchronized String ended() {
        return ended;
    }

    public int localPort() {
        return link.localPort();
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        LockSupport.unpark(thread);
        link.close();
    }
}
