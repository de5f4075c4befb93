package io.sluice.process.ffmpeg.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Frame;
import io.sluice.api.process.ProcessRequest;
import io.sluice.format.matroska.MatroskaKind;
import io.sluice.format.matroska.MatroskaOptions;
import io.sluice.format.matroska.MatroskaWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A running ffmpeg: Matroska goes in, ADTS comes out. All but {@link #close} on one thread at a time. */
final class Child {
    /** A cluster for each frame: nothing waits. */
    private static final MatroskaOptions AT_ONCE = new MatroskaOptions(1, 1, 1 << 16);
    /** The largest frame of AAC is 6,144 bits for each channel. */
    private static final int MOST_OUTPUT = 1 << 20;
    /** Of the pipe's 65,536: a write that waits for a child that hangs would never come back. */
    private static final int MOST_UNANSWERED = 48 << 10;
    /** A child that begins on a busy machine takes its time. */
    private static final long MOST_SILENT_NANOS = 10_000_000_000L;
    private static final long LOOK_NANOS = 5_000_000;
    private static final int SAID = 300;

    private final ProcessRequest request;
    private final Process process;
    private final MatroskaWriter writer;
    private final AacClock clock;
    private final ByteBuf in = Unpooled.buffer();
    private final ByteBuf out = Unpooled.buffer();
    private final StringBuilder errors = new StringBuilder();
    private long frames = -1;
    private int unanswered;

    Child(ProcessRequest request, String program, int bitsPerSecond, long anchorNanos) throws IOException {
        this.request = request;
        this.clock = new AacClock(anchorNanos);
        this.writer = new MatroskaWriter(List.of(request.input()), MatroskaKind.MATROSKA, AT_ONCE);
        ProcessBuilder builder = new ProcessBuilder(program, "-hide_banner", "-nostdin", "-loglevel", "error", "-fflags", "nobuffer", "-probesize", "32", "-analyzeduration", "0", "-f", "matroska",
            "-i", "pipe:0", "-af", "aresample=async=1:first_pts=0", "-c:a", "aac", "-b:a", Integer.toString(bitsPerSecond), "-ar", Integer.toString(AacClock.RATE), "-ac", "2", "-flush_packets",
            "1", "-f", "adts", "pipe:1");
        builder.environment().keySet().removeIf(name -> name.startsWith("SLUICE_"));
        this.process = builder.start();
    }

    void write(Frame frame) throws IOException {
        out.clear();
        writer.write(frame.track().id(), frame.ptsNanos(), frame.dtsNanos(), true, frame.payload(), out);
        unanswered += out.readableBytes();
        hear();
        long until = System.nanoTime() + MOST_SILENT_NANOS;
        while (unanswered > MOST_UNANSWERED) {
            if (System.nanoTime() - until > 0 || !process.isAlive()) {
                throw new IOException("it took " + unanswered + " bytes and says nothing");
            }
            LockSupport.parkNanos(LOOK_NANOS);
            hear();
        }
        out.readBytes(process.getOutputStream(), out.readableBytes());
        process.getOutputStream().flush();
    }

    /** What it has said by now. */
    private void hear() throws IOException {
        listen();
        InputStream sound = process.getInputStream();
        int bytes = Math.min(sound.available(), MOST_OUTPUT);
        if (bytes == 0) {
            return;
        }
        unanswered = 0;
        in.discardReadBytes().writeBytes(sound, bytes);
        try {
            for (ByteBuf frame = AdtsFrames.next(in); frame != null; frame = AdtsFrames.next(in)) {
                if (frames >= 0) {
                    request.sink().write(clock.nanos(frames), true, frame);
                }
                frames++;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void listen() throws IOException {
        InputStream complaints = process.getErrorStream();
        int bytes = complaints.available();
        if (bytes > 0) {
            String text = new String(complaints.readNBytes(bytes), StandardCharsets.UTF_8);
            errors.append(text, 0, Math.min(text.length(), Math.max(0, SAID - errors.length())));
        }
    }

    /** What it complained about, in one line. */
    String said() {
        try {
            listen();
        } catch (IOException e) {
            // it has gone: what it said before has to do
        }
        return errors.toString().strip().replaceAll("\\s+", " ");
    }

    /** From any thread; a write that waits comes back. */
    void close() {
        process.destroyForcibly();
    }
}
