package io.sluice.admin.shell.internal;

import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;

/**
 * One peer of the shell. The protocol, in UTF-8: the peer sends a command line ended by a line feed; the answer is what the command
 * prints, then a zero byte, then 0 (done) or 1 (failed), then a line feed. "exit" or the end of the input ends the session.
 */
final class ShellSession implements AutoCloseable {
    /** A command line is typed or made by a script; this is a page of text. */
    private static final int LONGEST_LINE = 64 * 1024;
    private final InputStream in;
    private final OutputStream raw;
    private final PrintStream out;
    private final CommandSession session;

    ShellSession(SocketChannel peer, CommandProcessor gogo) {
        in = Channels.newInputStream(peer);
        raw = Channels.newOutputStream(peer);
        out = new PrintStream(new WithoutZero(raw), false, StandardCharsets.UTF_8);
        session = gogo.createSession(new ByteArrayInputStream(new byte[0]), out, out);
        session.put("SCOPE", "sluice:felix:gogo:scr:*");
    }

    void run() throws IOException {
        for (String line = line(); line != null && !Set.of("exit", "quit").contains(line); line = line()) {
            int status = line.isEmpty() ? 0 : execute(line);
            out.flush();
            raw.write(("\0" + status + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    private int execute(String line) {
        try {
            Object answer = session.execute(line);
            if (answer != null) {
                out.println(session.format(answer, Converter.INSPECT));
            }
            return 0;
        } catch (Exception e) {
            out.println(e instanceof IllegalArgumentException || e instanceof IllegalStateException ? e.getMessage() : e.toString());
            return 1;
        }
    }

    /** Null at the end of the input. */
    private String line() throws IOException {
        byte[] bytes = new byte[256];
        int n = 0;
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return null;
            }
            if (n == LONGEST_LINE) {
                throw new IOException("a command line of more than " + LONGEST_LINE + " bytes");
            }
            bytes = n == bytes.length ? Arrays.copyOf(bytes, 2 * n) : bytes;
            bytes[n++] = (byte) b;
        }
        return new String(bytes, 0, n, StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() {
        session.close();
    }

    /** The zero byte is ours. */
    private static final class WithoutZero extends FilterOutputStream {
        WithoutZero(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b == 0 ? '?' : b);
        }

        @Override
        public void write(byte[] b, int off, int len) throws IOException {
            byte[] copy = Arrays.copyOfRange(b, off, off + len);
            for (int i = 0; i < copy.length; i++) {
                copy[i] = copy[i] == 0 ? (byte) '?' : copy[i];
            }
            out.write(copy);
        }
    }
}
