package io.sluice.admin.shell.internal;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.service.command.CommandProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gogo over a Unix domain socket: no port and no password; whoever may open the file (mode 0600) is the server's own user or root.
 * One thread accepts, one serves each session; they are the admin plane's and touch no media.
 */
final class ShellSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShellSocket.class);
    /** People at prompts, and a few scripts. */
    private static final int MOST_SESSIONS = 16;
    private final Path path;
    private final CommandProcessor gogo;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> sessions = ConcurrentHashMap.newKeySet();

    ShellSocket(Path path, CommandProcessor gogo) throws IOException {
        this.path = path;
        this.gogo = gogo;
        Files.createDirectories(path.getParent());
        server = bind(path);
        thread("sluice-shell", this::accept);
        LOG.info("shell at {}", path);
    }

    /** Bound in a folder that only we can enter, so that nobody slips in before the mode is set. */
    private static ServerSocketChannel bind(Path path) throws IOException {
        Path closed = Files.createTempDirectory(path.getParent(), ".s");
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            Path socket = closed.resolve("s");
            channel.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            Files.move(socket, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw new IOException("no shell at " + path + " (a socket's path may have about 80 bytes): " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(closed.resolve("s"));
            Files.deleteIfExists(closed);
        }
    }

    private static void thread(String name, Runnable task) {
        Thread t = new Thread(task, name);
        t.setDaemon(true);
        t.start();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel peer = server.accept();
                if (sessions.size() >= MOST_SESSIONS) {
                    LOG.warn("a shell session is refused: {} are open", MOST_SESSIONS);
                    peer.close();
                    continue;
                }
                sessions.add(peer);
                thread("sluice-shell-session", () -> serve(peer));
            }
        } catch (ClosedChannelException e) {
            LOG.debug("the shell is closed");
        } catch (IOException e) {
            LOG.warn("the shell accepts no more: {}", e.toString());
        }
    }

    private void serve(SocketChannel peer) {
        try (peer; ShellSession session = new ShellSession(peer, gogo)) {
            session.run();
        } catch (IOException e) {
            LOG.debug("a shell session ended: {}", e.toString());
        } finally {
            sessions.remove(peer);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel s : sessions) {
            s.close();
        }
        Files.deleteIfExists(path);
    }
}
