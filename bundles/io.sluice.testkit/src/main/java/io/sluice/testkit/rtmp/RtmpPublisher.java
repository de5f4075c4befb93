package io.sluice.testkit.rtmp;

import io.sluice.testkit.media.FrameLedger;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.media.MediaFrame;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes frames over RTMP and keeps a ledger of them. Frames' times are 64 bits and go onto the wire modulo 2^32, so a clock may start
 * anywhere. Used by one thread, or by {@link #start} on a thread of its own.
 */
public final class RtmpPublisher implements AutoCloseable {
    private static final int CHUNK_SIZE = 4096;
    private static final int AUDIO = 4;
    private static final int VIDEO = 6;

    private final RtmpLink link;
    private final int stream;
    private final FrameLedger ledger = new FrameLedger();
    private final List<String> statuses = new ArrayList<>();
    private final CountDownLatch answered = new CountDownLatch(1);
    private final Thread listener;
    private volatile String ended = "";
    private volatile boolean stopping;
    private Thread sender;

    private RtmpPublisher(RtmpAddress address) throws IOException {
        link = new RtmpLink(address.uri());
        try {
            link.chunkSize(CHUNK_SIZE);
            stream = link.open(address.uri(), address.app());
            link.command(stream, "publish", 3, null, address.stream(), "live");
        } catch (IOException e) {
            link.close();
            throw e;
        }
        listener = new Thread(this::listen, "testkit-publisher");
        listener.setDaemon(true);
        listener.start();
    }

    /**
     * Connects and publishes.
     *
     * @param uri rtmp://host:port/app/stream?key=K
     * @throws IOException with the server's words when it refuses
     */
    public static RtmpPublisher open(URI uri) throws IOException {
        RtmpPublisher publisher = new RtmpPublisher(RtmpAddress.of(uri));
        publisher.awaitStart();
        return publisher;
    }

    private void awaitStart() throws IOException {
        try {
            boolean came = answered.await(30, TimeUnit.SECONDS);
            List<String> all = statuses();
            if (!came || !all.contains("NetStream.Publish.Start")) {
                close();
                throw new IOException("not published: " + (came ? all + " " + ended : "no answer in 30 s"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void listen() {
        try {
            while (true) {
                RtmpMessage message = link.next();
                if (message.type() == RtmpMessage.COMMAND) {
                    status(Amf0.decode(message.payload()));
                }
            }
        } catch (IOException e) {
            ended = stopping ? "" : "connection ended: " + e;
        } finally {
            answered.countDown();
        }
    }

    private void status(List<Object> values) {
        synchronized (statuses) {
            if ("onStatus".equals(values.get(0)) && values.get(values.size() - 1) instanceof java.util.Map<?, ?> info) {
                statuses.add(String.valueOf(info.get("code")));
                statuses.add(String.valueOf(info.get("description")));
                answered.countDown();
            } else if ("_error".equals(values.get(0))) {
                statuses.add(values.toString());
                answered.countDown();
            }
        }
    }

    /** Sends one frame now. */
    public void send(MediaFrame frame) throws IOException {
        ledger.published(frame);
        link.send(frame.kind() == Kind.AUDIO ? AUDIO : VIDEO, frame.kind().type(), stream, frame.millis(), frame.body());
    }

    /** Sends frames on a thread of its own, each when it is due, until they end or {@link #close}. */
    public RtmpPublisher start(Iterator<MediaFrame> frames, Pace pace) {
        sender = new Thread(() -> run(frames, pace), "testkit-sender");
        sender.setDaemon(true);
        sender.start();
        return this;
    }

    private void run(Iterator<MediaFrame> frames, Pace pace) {
        long began = System.nanoTime();
        Long first = null;
        try {
            while (!stopping && frames.hasNext()) {
                MediaFrame frame = frames.next();
                first = first == null ? frame.millis() : first;
                awaitDue(began, frame.millis() - first, pace);
                if (!stopping) {
                    send(frame);
                }
            }
        } catch (IOException e) {
            ended = stopping ? ended : "sending failed: " + e;
        }
    }

    private void awaitDue(long began, long afterMillis, Pace pace) {
        while (pace == Pace.REAL_TIME && !stopping) {
            long left = began + afterMillis * 1_000_000 - System.nanoTime();
            if (left <= 0) {
                return;
            }
            LockSupport.parkNanos(this, left);
        }
    }

    /** Whether frames go out when they are due or as fast as the server takes them. */
    public enum Pace { REAL_TIME, UNPACED }

    /** What was sent so far. */
    public FrameLedger ledger() {
        return ledger;
    }

    /** Codes and descriptions of every onStatus that came. */
    public List<String> statuses() {
        synchronized (statuses) {
            return List.copyOf(statuses);
        }
    }

    /** Why the server's side ended, or "" while it has not. */
    public String ended() {
        return ended;
    }

    /** Still sending frames given to {@link #start}. */
    public boolean sending() {
        return sender != null && sender.isAlive();
    }

    public int localPort() {
        return link.localPort();
    }

    /** Unpublishes properly, then closes. */
    @Override
    public void close() throws IOException {
        stopping = true;
        if (sender != null) {
            LockSupport.unpark(sender);
            joined(sender);
        }
        if (ended.isEmpty() && listener.isAlive()) {
            link.command(0, "deleteStream", 4, null, stream);
        }
        link.close();
        joined(listener);
    }

    /** Drops the connection without a word, as a cut cable does. */
    public void drop() throws IOException {
        stopping = true;
        link.close();
    }

    private static void joined(Thread thread) {
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
