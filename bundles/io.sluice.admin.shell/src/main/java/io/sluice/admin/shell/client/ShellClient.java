package io.sluice.admin.shell.client;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Talks to a running server's shell: {@code ShellClient SOCKET} reads commands from the standard input, {@code ShellClient SOCKET COMMAND…}
 * runs one. Needs nothing but this class. Exit code: 0, or 1 when a command failed, or 2 when there is no server.
 */
public final class ShellClient implements AutoCloseable {
    private static final int BROKEN = 2;
    private final SocketChannel channel;
    private final InputStream in;
    private final PrintStream out;

    ShellClient(String path, PrintStream out) throws IOException {
        this.channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
        this.in = new BufferedInputStream(Channels.newInputStream(channel));
        this.out = out;
    }

    public static void main(String[] args) {
        System.exit(run(args, System.in, System.out, System.err));
    }

    static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
        if (args.length == 0) {
            err.println("usage: ShellClient SOCKET [COMMAND]");
            return BROKEN;
        }
        try (ShellClient client = new ShellClient(args[0], out)) {
            return args.length > 1 ? client.ask(String.join(" ", List.of(args).subList(1, args.length))) : client.converse(in);
        } catch (IOException e) {
            err.println("no server answers at " + args[0] + ": " + e.getMessage());
            return BROKEN;
        }
    }

    private int converse(InputStream commands) throws IOException {
        boolean prompt = System.console() != null;
        BufferedReader lines = new BufferedReader(new InputStreamReader(commands, Charset.defaultCharset()));
        int status = 0;
        while (true) {
            if (prompt) {
                out.print("sluice> ");
                out.flush();
            }
            String line = lines.readLine();
            if (line == null || line.strip().equals("exit") || line.strip().equals("quit")) {
                return status;
            }
            status = ask(line);
        }
    }

    /** @return the command's status: 0 done, 1 failed */
    int ask(String command) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((command.replace('\n', ';') + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
        for (int b = next(); b != 0; b = next()) {
            out.write(b);
        }
        out.flush();
        int status = next() - '0';
        next();
        return status;
    }

    private int next() throws IOException {
        int b = in.read();
        if (b < 0) {
            out.flush();
            throw new IOException("the server ended the session");
        }
        return b;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
