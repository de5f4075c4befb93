package intruder;

import io.netty.buffer.Unpooled;
import io.sluice.api.net.Connection;
import io.sluice.api.net.Handle;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.net.HttpRoute;
import io.sluice.api.net.Protocol;
import io.sluice.api.net.Snapshot;
import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.push.PushEngine;
import io.sluice.api.session.SessionEngine;
import io.sluice.api.stream.Credentials;
import io.sluice.api.stream.PlayRequest;
import io.sluice.api.stream.PublishRequest;
import io.sluice.api.stream.Publisher;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.Streams;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Tries to get a reader and a publisher by every way that the public contract offers, and answers what came of each. */
public final class IntruderRoute implements HttpRoute {
    /** More than the server gave out since its start. */
    private static final int HANDLES = 20_000;

    private final BundleContext context = FrameworkUtil.getBundle(IntruderRoute.class).getBundleContext();

    @Override
    public void serve(HttpExchange exchange) {
        Streams streams = core();
        Connection own = exchange.connection();
        Map<String, Attempt> attempts = new LinkedHashMap<>();
        attempts.put("control", () -> now(streams.play(PlayRequest.of(exchange, "hls", Credentials.of(exchange, "watched")))));
        attempts.put("publish without a key", () -> now(streams.publish(PublishRequest.of(exchange, "intruder", Credentials.of("watched")))));
        attempts.put("own connection, play", () -> now(streams.play(PlayRequest.of(connection(own), "rtmp", Credentials.of("watched"), "", ""))));
        attempts.put("own connection, publish", () -> now(streams.publish(PublishRequest.of(connection(own), "rtmp", Credentials.of("guarded"), "", ""))));
        attempts.put("own exchange, play", () -> now(streams.play(PlayRequest.of(exchange(exchange), "hls", Credentials.of("watched")))));
        attempts.put("own exchange, publish", () -> now(streams.publish(PublishRequest.of(exchange(exchange), "whip", Credentials.of("guarded")))));
        attempts.put("own exchange on the connection", () -> now(streams.publish(new PublishRequest(own, exchange(exchange), "whip", Credentials.of("guarded"), "", ""))));
        attempts.put("guessed readers", () -> guess(streams::reader, own));
        attempts.put("guessed readers of nobody", () -> guess(streams::reader, null));
        attempts.put("guessed publishers", () -> guess(streams::publisher, own));
        attempts.put("guessed publishers of nobody", () -> guess(streams::publisher, null));
        attempts.put("a source's handle", () -> streams.publisher(IntruderSource.given.handle(), own));
        attempts.put("a source's handle of nobody", () -> streams.publisher(IntruderSource.given.handle(), null));
        attempts.put("forged snapshot, play", () -> resumed(own, "play", "reader"));
        attempts.put("forged snapshot, publish", () -> resumed(own, "publish", "publisher"));
        attempts.put("services", this::services);
        attempts.put("classes of the core", () -> IntruderRoute.class.getClassLoader().loadClass("io.sluice.streams.internal.ReaderLease"));
        attempts.put("own session engine", this::ownEngine);
        attempts.put("own engine of pushes", this::ownPushes);
        attempts.put("own streams", this::ownStreams);
        StringBuilder told = new StringBuilder();
        attempts.forEach((what, attempt) -> told.append(what).append(": ").append(result(attempt)).append('\n'));
        exchange.answer(200, Map.of("content-type", "text/plain"), Unpooled.copiedBuffer(told, StandardCharsets.UTF_8));
    }

    private static String result(Attempt attempt) {
        try {
            Object got = attempt.get();
            return got == null ? "nothing" : "GOT " + got.getClass().getName() + " " + got;
        } catch (Throwable e) {
            return "refused: " + e;
        }
    }

    /** Not this bundle's own, which stands before it from the second call on. */
    private Streams core() {
        try {
            return context.getServiceReferences(Streams.class, null).stream().filter(r -> r.getBundle().getSymbolicName().equals("io.sluice.streams")).map(context::getService)
                .findFirst().orElseThrow();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T service(Class<T> type) {
        return context.getService(context.getServiceReference(type));
    }

    /** What is answered at once; null for what is not answered yet. */
    private static Object now(CompletionStage<?> stage) throws Throwable {
        CompletableFuture<?> answer = stage.toCompletableFuture();
        try {
            return answer.getNow(null);
        } catch (java.util.concurrent.CompletionException e) {
            throw e.getCause();
        }
    }

    /** Everything as it is, but for where the peer is. */
    private static Connection connection(Connection real) {
        return (Connection) Proxy.newProxyInstance(IntruderRoute.class.getClassLoader(), new Class<?>[] {Connection.class}, (p, m, args) -> m.getName().equals("remote")
            ? new InetSocketAddress("10.1.2.3", 4711) : m.getName().equals("equals") ? p == args[0] : m.invoke(real, args));
    }

    private static HttpExchange exchange(HttpExchange real) {
        return (HttpExchange) Proxy.newProxyInstance(IntruderRoute.class.getClassLoader(), new Class<?>[] {HttpExchange.class}, (p, m, args) -> m.getName().equals("remote")
            ? InetAddress.getByName("10.1.2.3") : m.invoke(real, args));
    }

    private static Object guess(BiFunction<Handle, Connection, Object> taker, Connection connection) {
        for (long id = 0; id < HANDLES; id++) {
            try {
                return taker.apply(new Handle(id), connection);
            } catch (IllegalArgumentException e) {
                // not this one
            }
        }
        return null;
    }

    /** The elected RTMP goes on from a snapshot that nobody made. */
    private Object resumed(Connection own, String role, String right) throws Exception {
        AtomicReference<Plugin<Protocol>> rtmp = new AtomicReference<>();
        service(Plugins.class).listen(Protocol.class, (name, before, now) -> rtmp.set(name.equals("rtmp") ? now : rtmp.get())).close();
        Throwable last = null;
        for (long id = 0; id < 2000; id++) {
            Snapshot chunks = Snapshot.of(1).put("chunkIn", 128).put("current", 0).put("missingInChunk", 0).build();
            Snapshot session = Snapshot.of(1).put(right, new Handle(id)).put("asked", "watched").put("paused", false).put("tracks", Snapshot.of(1).build()).build();
            Snapshot forged = Snapshot.of(1).put("chunkOut", 4096).put("chunks", chunks).put("acks", Snapshot.of(1).build()).put(role, session).build();
            try {
                return rtmp.get().service().resume(own, forged);
            } catch (RuntimeException e) {
                last = e;
            }
        }
        throw new IllegalStateException(last);
    }

    /** A reader, a publisher or the ledger as a service of somebody's. */
    private Object services() throws Exception {
        for (ServiceReference<?> r : context.getAllServiceReferences(null, null)) {
            if (!((String[]) r.getProperty("objectClass"))[0].startsWith("io.sluice.")) {
                continue;
            }
            Object service = context.getService(r);
            if (service instanceof Reader || service instanceof Publisher || service instanceof io.sluice.api.session.Visits || service instanceof io.sluice.api.session.Visit) {
                return service;
            }
        }
        return null;
    }

    /** Not in the jar's components, where it would be seen before the jar is elected. */
    private Object ownEngine() {
        context.registerService(SessionEngine.class, new IntruderEngine(), new java.util.Hashtable<>(Map.of("sluice.name", SessionEngine.NAME)));
        return IntruderEngine.given;
    }

    private Object ownPushes() {
        context.registerService(PushEngine.class, new IntruderPushes(), new java.util.Hashtable<>(Map.of("sluice.name", PushEngine.NAME)));
        return IntruderPushes.given;
    }

    /** Before all others in the registry; whoever asks it gets nothing and tells what he was asked with. */
    private Object ownStreams() {
        java.util.Hashtable<String, Object> first = new java.util.Hashtable<>(Map.of("service.ranking", Integer.MAX_VALUE));
        Object[] asked = new Object[1];
        Streams mine = (Streams) Proxy.newProxyInstance(IntruderRoute.class.getClassLoader(), new Class<?>[] {Streams.class}, (p, m, args) -> {
            asked[0] = m.getDeclaringClass() == Object.class ? asked[0] : m.getName();
            return m.getName().equals("hashCode") ? (Object) 1 : m.getName().equals("equals") ? (Object) (p == args[0]) : null;
        });
        context.registerService(Streams.class, mine, first);
        return asked[0];
    }
}
