package io.sluice.streams.internal;

import io.netty.buffer.PooledByteBufAllocator;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Tracks;
import io.sluice.api.net.Connection;
import io.sluice.api.net.Connections;
import io.sluice.api.net.Handle;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.net.Loops;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.stream.PlayRequest;
import io.sluice.api.stream.PublishRequest;
import io.sluice.api.stream.Publisher;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.Streams;
import io.sluice.streams.internal.event.ConfigEvents;
import io.sluice.streams.internal.event.SystemEvents;
import io.sluice.streams.internal.media.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service in OSGi: its configuration, the configured streams, and the clock that it runs by. */
@Component(service = Streams.class, configurationPid = "io.sluice.streams", immediate = true)
@Designate(ocd = StreamsComponent.Config.class)
public final class StreamsComponent implements Streams {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsComponent.class);
    private static final long TICK_MILLIS = 250;

    @ObjectClassDefinition(name = "Sluice: streams", description = "What holds for all streams.")
    @interface Config {
        @AttributeDefinition(name = "Publish key", description = "Lets a publisher in where the stream has no key of its own. Empty: only streams with a key or addresses of their own can be published.")
        String publishKey() default "";

        @AttributeDefinition(name = "Open", description = "true: anybody may publish any stream without a key. For a demo on a desk.")
        String open() default "false";

        @AttributeDefinition(name = "Default stream", description = "What viewers get when a stream is offline and its own fallback too.")
        String defaultStream() default "";

        @AttributeDefinition(name = "Streams at most", description = "Streams that may run at a time; 0 for no limit.")
        int maxStreams() default 1000;

        @AttributeDefinition(name = "Viewers at most", description = "Readers of all streams; 0 for no limit.")
        int maxViewers() default 0;

        @AttributeDefinition(name = "Memory", description = "Media of all streams held in memory at most, in megabytes; 0 for half of the direct memory that the JVM may use.")
        long memoryMegabytes() default 0;

        @AttributeDefinition(name = "Start time", description = "How long a viewer waits for a source's first key frame, in milliseconds.")
        long startMillis() default 10000;

        @AttributeDefinition(name = "Idle time", description = "A pulled source stops so long after its last viewer, in milliseconds.")
        long idleMillis() default 30000;

        @AttributeDefinition(name = "Take-over time", description = "A second publisher with the right key takes over from one that wrote nothing for so long, in milliseconds.")
        long takeoverMillis() default 3000;

        @AttributeDefinition(name = "Lag at most", description = "A viewer further behind goes on at the newest key frame, in milliseconds.")
        long maxLagMillis() default 15000;

        @AttributeDefinition(name = "Segment linger", description = "Segments are made until nobody asked for them for so long, in seconds.")
        int segmentLingerSeconds() default 60;

        @AttributeDefinition(name = "While sessions are away", description = "Who comes while the session engine is stopped, fails or does not answer: open lets everybody in, closed nobody. Who was let in before stays. While the server starts, who comes waits for the engine.",
            options = {@Option(label = "open", value = "open"), @Option(label = "closed", value = "closed")})
        String whileSessionsAway() default "open";

        @AttributeDefinition(name = "Session time", description = "How long a peer waits for the session engine's answer, the triggers that it asks included, in milliseconds.")
        long sessionMillis() default 20000;
    }

    private final StreamsService service;
    private final ConfigEvents<StreamConfig> configurations;
    private final SystemEvents system;
    private final EngineStart engineStart;
    private final Future<?> ticking;
    private volatile boolean engineIsDue;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Set<StreamConfiguration> streams = ConcurrentHashMap.newKeySet();

    @Activate
    public StreamsComponent(Config config, BundleContext context, @Reference Plugins plugins, @Reference Loops loops, @Reference Connections connections) {
        Settings settings = Settings.of(config);
        service = new StreamsService(Clock.SYSTEM, PooledByteBufAllocator.DEFAULT, plugins, loops, genuine(connections), settings);
        engineStart = new EngineStart(context, Clock.SYSTEM);
        engineIsDue = engineStart.isDue();
        service.engineIsDue(engineIsDue);
        configurations = new ConfigEvents<>(service.events(), StreamConfig::json, all -> service.configured(all.values()));
        system = new SystemEvents(service.events(), context);
        service.onTriggers(system::start);
        context.registerService(Predicate.class, (Predicate<String>) system::mayStop, FrameworkUtil.asDictionary(Map.of("sluice.stop", "question")));
        ticking = loops.next().scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        LOG.info("streams: {}", settings);
        context.addBundleListener((SynchronousBundleListener) this::changed);
    }

    private static Entrance.Genuine genuine(Connections connections) {
        return new Entrance.Genuine() {
            @Override
            public boolean owns(Connection connection) {
                return connections.owns(connection);
            }

            @Override
            public boolean owns(HttpExchange exchange) {
                return connections.owns(exchange);
            }
        };
    }

    /** Streams end with the framework and not with their sources: the plugins go before this bundle does. */
    private void changed(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            system.stopping("the server was asked to stop");
            deactivate();
        }
    }

    @Modified
    void modified(Config config) {
        Settings settings = Settings.of(config);
        service.configured(settings);
        LOG.info("streams: {}", settings);
    }

    @Deactivate
    void deactivate() {
        if (over.compareAndSet(false, true)) {
            ticking.cancel(false);
            service.close();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, updated = "updatedStream")
    void addStream(StreamConfiguration stream) {
        streams.add(stream);
        collect();
    }

    void updatedStream(StreamConfiguration stream) {
        collect();
    }

    void removeStream(StreamConfiguration stream) {
        streams.remove(stream);
        collect();
    }

    private void collect() {
        Map<String, StreamConfig> all = new HashMap<>();
        streams.stream().map(StreamConfiguration::config).forEach(c -> all.put(c.name(), c));
        configurations.configured(all);
    }

    private void tick() {
        try {
            if (engineIsDue && !engineStart.isDue()) {
                engineIsDue = false;
                service.engineIsDue(false);
            }
            service.tick();
        } catch (RuntimeException e) {
            LOG.warn("looking after the streams failed; it goes on", e);
        }
    }

    @Override
    public CompletionStage<Reader> play(PlayRequest request) {
        return service.play(request);
    }

    @Override
    public CompletionStage<Publisher> publish(PublishRequest request) {
        return service.publish(request);
    }

    @Override
    public CompletionStage<String> noted(HttpExchange exchange, String stream) {
        return service.noted(exchange, stream);
    }

    @Override
    public Reader reader(Handle handle, Connection connection) {
        return service.reader(handle, connection);
    }

    @Override
    public Publisher publisher(Handle handle, Connection connection) {
        return service.publisher(handle, connection);
    }

    @Override
    public StreamInfo info(String name) {
        return service.info(name);
    }

    @Override
    public Tracks tracks(String name, Set<Codec> carried) {
        return service.tracks(name, carried);
    }

    @Override
    public List<StreamInfo> list() {
        return service.list();
    }

    @Override
    public AutoCloseable listen(Consumer<StreamInfo> changed) {
        return service.listen(changed);
    }

    @Override
    public boolean open() {
        return service.open();
    }
}
