package io.sluice.net.internal;

import io.netty.channel.EventLoop;
import io.sluice.api.net.Connection;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.DialRequest;
import io.sluice.api.net.Dialer;
import io.sluice.net.internal.dial.DialFailed;
import io.sluice.net.internal.dial.Dialling;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** Dials for one bundle. When that bundle stops, or lets go of the service, so do the connections: their handlers are its code, and nobody else could go on with them. */
@Component(service = Dialer.class, scope = ServiceScope.BUNDLE)
public final class BundleDialer implements Dialer {
    /** A loop that is busy for longer ends its connections afterwards. */
    private static final long SETTLE_MILLIS = 2000;

    private final Net net;
    private final Dialling dialling;
    private final String bundle;
    private final Set<Dial> underway = ConcurrentHashMap.newKeySet();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    @Activate
    public BundleDialer(@Reference Net net, @Reference Dialling dialling, ComponentContext context) {
        this(net, dialling, context.getUsingBundle().getSymbolicName() + " " + context.getUsingBundle().getVersion());
    }

    BundleDialer(Net net, Dialling dialling, String bundle) {
        this.net = net;
        this.dialling = dialling;
        this.bundle = bundle;
    }

    @Override
    public CompletionStage<Connection> dial(DialRequest request, Function<Connection, ConnectionHandler> open) {
        if (!(request.loop() instanceof LoopView view) || !(view.loop() instanceof EventLoop loop)) {
            throw new IllegalArgumentException("a loop of Loops.next() was wanted, " + request.loop().getClass().getName() + " was found");
        }
        if (request.port() < 1 || request.port() > 65535) {
            throw new IllegalArgumentException("a port from 1 to 65535 was wanted, " + request.port() + " was found");
        }
        if (stopped || net.leaving()) {
            return CompletableFuture.failedFuture(new DialFailed(stopped ? bundle + " has stopped" : "the server is stopping"));
        }
        Dial dial = new Dial(net, dialling, request, loop, bundle, connection -> opened(connection, open));
        underway.add(dial);
        CompletableFuture<Connection> result = dial.start();
        result.whenComplete((connection, problem) -> underway.remove(dial));
        return result;
    }

    private ConnectionHandler opened(Connection connection, Function<Connection, ConnectionHandler> open) {
        ConnectionHandler handler = open.apply(connection);
        connections.add(connection);
        connection.onEnd(() -> connections.remove(connection));
        if (stopped) {
            connection.close(bundle + " stopped");
        }
        return handler;
    }

    /** Returns when the handlers have heard of the end, while their bundle is still whole; not on a loop, which cannot wait for itself. */
    @Deactivate
    void stop() {
        stopped = true;
        underway.forEach(d -> d.fail(bundle + " stopped"));
        connections.forEach(c -> c.close(bundle + " stopped"));
        if (!net.loops().here()) {
            // the close is one event of the loop, the end the next
            net.loops().settle(SETTLE_MILLIS);
            net.loops().settle(SETTLE_MILLIS);
        }
    }
}
