package io.sluice.target.exec.internal;

import io.sluice.api.push.PushRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The commands that run, of all targets. From any thread. */
final class Commands implements AutoCloseable {
    private final Path home;
    private final Set<CommandPush> running = ConcurrentHashMap.newKeySet();
    private volatile boolean any;
    private volatile int most;

    /** @param home where they work */
    Commands(Path home) {
        this.home = home;
    }

    /** @param any targets may name commands */
    void allow(boolean nowAny, int nowMost) {
        any = nowAny;
        most = nowMost;
    }

    boolean allowsAny() {
        return any;
    }

    /**
     * Begins a push.
     *
     * @param shown for people, without secrets
     * @throws IllegalArgumentException when as many run as may
     */
    AutoCloseable run(PushRequest request, Command command, String shown) {
        CommandFeed feed = new CommandFeed(request, command, shown, home);
        CommandPush push = new CommandPush(request, command, feed, running::remove);
        synchronized (running) {
            if (running.size() >= most) {
                throw new IllegalArgumentException(most + " commands of pushes run already, more are not allowed");
            }
            running.add(push);
        }
        push.start();
        return push;
    }

    @Override
    public void close() {
        List.copyOf(running).forEach(CommandPush::kill);
    }
}
