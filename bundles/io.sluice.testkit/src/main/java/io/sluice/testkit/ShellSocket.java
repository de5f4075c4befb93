package io.sluice.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** One command to the server's shell over its Unix socket: a line goes out; what it printed comes back, then a NUL, a digit (0: it went well) and a line's end. */
final class ShellSocket {
    private ShellSocket() {
    }

    /** @throws IOException with what was printed when the command failed */
    static String ask(Path socket, String command) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            Channels.newOutputStream(channel).write((command.replace('\n', ';') + "\n").getBytes(StandardCharsets.UTF_8));
            InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
            String printed = untilNul(in);
            if (next(in) != '0') {
                throw new IOException("\"" + command + "\" failed: " + printed);
            }
            return printed;
        }
    }

    private static String untilNul(InputStream in) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        for (int b = next(in); b != 0; b = next(in)) {
            printed.write(b);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static int next(InputStream in) throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the server ended the shell's session");
        }
        return b;
    }
}
