package io.sluice.target.exec.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.sluice.api.media.Frame;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.push.PushProgress;
import io.sluice.api.push.PushRequest;
import io.sluice.format.container.Container;
import io.sluice.format.process.FedProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Frames into a command: it is started with the first one, and again where its format cannot go on through other tracks. One thread at a time, which is blocked as long as the command does
 * not read; {@link #stampNanos}, {@link #process} and {@link #kill} from any.
 */
final class CommandFeed {
    /** A pipe holds 64 KiB; a command that takes so much now and then is alive. */
    private static final int PIECE_BYTES = 16 << 10;
    private static final int FLUSH_BYTES = 64 << 10;
    /** More media than this is missing: players are told. */
    private static final long GAP_NANOS = 2_000_000_000L;

    private final PushRequest request;
    private final PushProgress progress;
    private final Command command;
    private final String shown;
    private final Path home;
    private Container container;
    private Tracks tracks;
    private List<Track> carried = List.of();
    private long lastNanos;
    private boolean broke;
    private long brokenFrames;
    private volatile FedProcess process;
    private volatile long stampNanos = System.nanoTime();
    private volatile boolean killed;
    private volatile String said = "";

    CommandFeed(PushRequest request, Command command, String shown, Path home) {
        this.request = request;
        this.progress = request.progress();
        this.command = command;
        this.shown = shown;
        this.home = home;
        container = command.format().open();
    }

    /** When it last took something, or was last asked to. */
    long stampNanos() {
        return stampNanos;
    }

    void stamp() {
        stampNanos = System.nanoTime();
    }

    /** Null before the first frame. */
    FedProcess process() {
        return process;
    }

    void kill() {
        killed = true;
        FedProcess now = process;
        if (now != null) {
            now.kill();
        }
    }

    /** @param frames borrowed @throws IOException with a sentence: it is over; {@link CommandEnded} where the command ended by itself */
    void write(List<Frame> frames) throws IOException {
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.heapBuffer(FLUSH_BYTES + FLUSH_BYTES / 2);
        try {
            for (Frame frame : frames) {
                take(frame, buffer);
            }
            feed(buffer);
        } finally {
            buffer.release();
        }
        if (!frames.isEmpty()) {
            progress.media(frames.get(frames.size() - 1).dtsNanos());
        }
    }

    /** The media is over: waits until the command has ended. @throws IOException with a sentence where it did not do so in order */
    void finish() throws IOException {
        FedProcess running = process;
        if (running == null) {
            return;
        }
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.heapBuffer(FLUSH_BYTES);
        try {
            container.end(buffer);
            feed(buffer);
        } catch (CommandEnded e) {
            // it wants no more, which is fine
        } finally {
            buffer.release();
        }
        running.finish();
        stamp();
        int code = exit(running);
        process = null;
        if (code != 0) {
            throw new IOException(problem(code));
        }
    }

    private String problem(int code) {
        return code < 0 ? command.program() + " cannot be killed" : command.program() + " ended with exit code " + code + (said.isEmpty() ? "" : ": " + said);
    }

    private void printed(String line) {
        said = Veil.over(line);
        progress.note(said);
    }

    private void take(Frame frame, ByteBuf buffer) throws IOException {
        boolean leads = frame.isVideo() || carried.stream().noneMatch(t -> t.kind() == MediaKind.VIDEO);
        boolean gap = process != null && frame.key() && leads && frame.dtsNanos() - lastNanos > GAP_NANOS;
        if (frame.tracks() != tracks || gap) {
            follow(frame.tracks(), gap, buffer);
        }
        if (carried.stream().noneMatch(t -> t.id() == frame.track().id())) {
            return;
        }
        if (process == null) {
            if (frame.isVideo() && !frame.key()) {
                return; // no decoder could start here
            }
            begin(frame, buffer);
        }
        try {
            container.write(frame, buffer);
        } catch (IllegalArgumentException e) {
            if (Long.bitCount(++brokenFrames) == 1) {
                progress.note(brokenFrames + " broken frames left out, the last one of " + frame.track() + ": " + e.getMessage());
            }
        }
        lastNanos = leads ? frame.dtsNanos() : lastNanos;
        if (buffer.readableBytes() >= FLUSH_BYTES) {
            feed(buffer);
        }
    }

    private void follow(Tracks now, boolean gap, ByteBuf buffer) throws IOException {
        boolean first = tracks == null;
        List<Track> fits = command.format().carried(now);
        if (fits.isEmpty() && !now.list().isEmpty() && process == null) {
            throw new IOException("no track of this stream fits into ." + command.format().extension() + ": it has " + now.list());
        }
        List<Track> out = now.list().stream().filter(t -> !fits.contains(t)).toList();
        if (!out.isEmpty() && (first || !now.list().equals(tracks.list()))) {
            progress.note("left out, as ." + command.format().extension() + " does not carry it or only one: " + out);
        }
        boolean breaks = !first && (gap || now.epoch() != tracks.epoch() || !fits.equals(carried));
        tracks = now;
        carried = fits;
        broke |= breaks;
        if (breaks && process != null && !fits.isEmpty()) {
            if (container.follow(now, true, buffer)) {
                broke = false;
            } else {
                feed(buffer);
                finish();
                progress.note("other tracks: the command is started again");
                container = command.format().open();
            }
        }
    }

    private void begin(Frame first, ByteBuf buffer) throws IOException {
        stamp();
        Map<String, String> environment = Map.of("SLUICE_STREAM", request.reader().stream(), "SLUICE_PUSH", request.id());
        process = FedProcess.start(command.words(), environment, home, this::printed, CommandFeed::watch);
        if (killed) {
            process.kill();
        }
        container.begin(tracks, first.dtsNanos(), broke, buffer);
        broke = false;
        progress.running(shown);
    }

    private static void watch(Runnable task) {
        Thread thread = new Thread(task, "sluice-command");
        thread.setDaemon(true);
        thread.start();
    }

    /** Leaves the buffer empty. */
    private void feed(ByteBuf buffer) throws IOException {
        while (buffer.isReadable() && process != null) {
            int bytes = Math.min(PIECE_BYTES, buffer.readableBytes());
            stamp();
            try {
                process.write(buffer.array(), buffer.arrayOffset() + buffer.readerIndex(), bytes);
            } catch (IOException e) {
                throw new CommandEnded();
            }
            stamp();
            buffer.skipBytes(bytes);
            progress.out(bytes);
        }
        buffer.clear();
    }

    private static int exit(FedProcess running) throws IOException {
        try {
            return running.exit().get();
        } catch (InterruptedException e) {
            running.kill();
            Thread.currentThread().interrupt();
            throw new IOException("the server is about to stop", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().toString(), e);
        }
    }
}
