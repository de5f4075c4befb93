package io.sluice.streams.internal;

import io.netty.buffer.ByteBufAllocator;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Tracks;
import io.sluice.api.net.Connection;
import io.sluice.api.net.Handle;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.net.Loops;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.process.StreamProcess;
import io.sluice.api.push.PushEngine;
import io.sluice.api.push.PushTarget;
import io.sluice.api.session.SessionEngine;
import io.sluice.api.source.StreamSource;
import io.sluice.api.stream.Denied;
import io.sluice.api.stream.PlayRequest;
import io.sluice.api.stream.PublishRequest;
import io.sluice.api.stream.Publisher;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.SegmentFormat;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.Streams;
import io.sluice.api.trigger.Triggers;
import io.sluice.api.variable.Variables;
import io.sluice.streams.internal.event.Events;
import io.sluice.streams.internal.event.Expander;
import io.sluice.streams.internal.event.PeerEvents;
import io.sluice.streams.internal.event.PushEvents;
import io.sluice.streams.internal.gate.Catalogue;
import io.sluice.streams.internal.gate.StreamName;
import io.sluice.streams.internal.media.Clock;
import io.sluice.streams.internal.media.MemoryBudget;
import io.sluice.streams.internal.output.Means;
import io.sluice.streams.internal.output.Pushes;
import io.sluice.streams.internal.output.Stint;
import io.sluice.streams.internal.process.Views;
import io.sluice.streams.internal.visit.CountedVisit;
import io.sluice.streams.internal.visit.Doorman;
import io.sluice.streams.internal.visit.Ledger;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service without OSGi: the gate, the registry, and what is configured. */
final class StreamsService implements Streams, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsService.class);

    private final MemoryBudget budget = new MemoryBudget(0);
    private final Core core;
    private final Registry registry;
    private final Changes changes;
    private final Ledger visits;
    private final Elected<Triggers> triggers = new Elected<>();
    private final Events events;
    private final Doorman doorman;
    private final Entrance entrance;
    private final PlayGate viewers;
    private final PublishGate publishers;
    private final Pushes pushes;
    private final Engagement<PushEngine, Stint> pusher;
    private final List<AutoCloseable> listening;
    private volatile Settings settings;
    private volatile Catalogue catalogue = new Catalogue(List.of());

    StreamsService(Clock clock, ByteBufAllocator allocator, Plugins plugins, Loops loops, Entrance.Genuine genuine, Settings settings) {
        this.settings = settings;
        budget.ceiling(settings.memoryBytes());
        visits = new Ledger(clock);
        Elected<SegmentFormat> formats = new Elected<>();
        Elected<StreamSource> sources = new Elected<>();
        Elected<StreamProcess> processes = new Elected<>();
        Elected<Variables> variables = new Elected<>();
        events = new Events(triggers);
        core = new Core(clock, allocator, budget, loops, () -> this.settings, formats, sources, processes, visits, events, new Expander(variables), new AtomicInteger(), new AtomicLong(), name -> changes().of(name));
        registry = new Registry(core);
        changes = new Changes(loops, this::info);
        doorman = new Doorman(visits, loops, clock, () -> this.settings.openWithoutSessions(), () -> this.settings.sessionMillis());
        entrance = new Entrance(genuine, doorman, visits, new PeerEvents(events), this::gone);
        viewers = new PlayGate(core, registry, () -> catalogue, entrance);
        publishers = new PublishGate(core, registry, () -> catalogue, entrance);
        formats.onChange(name -> registry.all().forEach(s -> s.home().execute(() -> s.media().segmentsElected(name))));
        sources.onChange(name -> registry.all().forEach(s -> s.home().execute(() -> s.sourceElected(name))));
        processes.onChange(name -> registry.all().forEach(s -> s.home().execute(s.media()::processElected)));
        pushes = new Pushes(new Means(clock, loops, visits, new PushEvents(events), core.expander(), new Elected<>(), new OutputDoor(registry, () -> catalogue)));
        pusher = Stint.of(pushes, loops);
        listening = List.of(plugins.listen(SegmentFormat.class, formats), plugins.listen(StreamSource.class, sources),
            plugins.listen(StreamProcess.class, processes), plugins.listen(SessionEngine.class, doorman), plugins.listen(Triggers.class, triggers),
            plugins.listen(Variables.class, variables), plugins.listen(PushTarget.class, pushes), plugins.listen(PushEngine.class, pusher));
    }

    private Changes changes() {
        return changes;
    }

    /** A visit is over. */
    private void gone(CountedVisit visit) {
        entrance.peers().closed(visit);
        LiveStream stream = registry.get(visit.facts().stream());
        if (stream != null) {
            stream.gone(visit);
        }
    }

    Events events() {
        return events;
    }

    /** Calls the task when an engine of triggers is elected. */
    void onTriggers(Runnable task) {
        triggers.onChange(name -> {
            if (triggers.get(name) != null) {
                task.run();
            }
        });
        if (triggers.get(Triggers.NAME) != null) {
            task.run();
        }
    }

    /** See {@link Doorman#due}. */
    void engineIsDue(boolean is) {
        doorman.due(is);
    }

    /** New settings for all; nobody is disturbed. */
    void configured(Settings now) {
        settings = now;
        budget.ceiling(now.memoryBytes());
        apply();
    }

    /** All configured streams from here on; who publishes or watches is not disturbed. */
    void configured(Collection<StreamConfig> configs) {
        catalogue = new Catalogue(configs);
        apply();
    }

    private void apply() {
        for (LiveStream s : registry.all()) {
            StreamConfig now = catalogue.find(s.name());
            StreamConfig config = now == null ? s.config() : now; // no longer configured: it goes on until its publisher leaves
            s.home().execute(() -> s.configured(config));
        }
    }

    /** Several times a second: what depends on time, and sources that are always on. */
    void tick() {
        catalogue.named().stream().filter(c -> c.alwaysOn() && c.isPull()).forEach(this::keepOn);
        registry.tick();
        pushes.tick();
    }

    private void keepOn(StreamConfig config) {
        try {
            registry.open(config.name(), config);
        } catch (Denied no) {
            LOG.debug("{} cannot be kept on: {}", config.name(), no.getMessage());
        }
    }

    @Override
    public CompletionStage<Reader> play(PlayRequest request) {
        return viewers.play(request);
    }

    @Override
    public CompletionStage<Publisher> publish(PublishRequest request) {
        return publishers.publish(request);
    }

    @Override
    public CompletionStage<String> noted(HttpExchange exchange, String stream) {
        return entrance.noted(exchange, stream);
    }

    @Override
    public Reader reader(Handle handle, Connection connection) {
        return viewers.reader(handle, connection);
    }

    @Override
    public Publisher publisher(Handle handle, Connection connection) {
        return publishers.publisher(handle, connection);
    }

    @Override
    public StreamInfo info(String name) {
        String clean = StreamName.clean(name);
        LiveStream running = registry.get(clean);
        if (running == null) {
            return offline(clean);
        }
        StreamInfo i = running.info();
        return new StreamInfo(i.name(), i.state(), i.tracks(), i.configuration(), i.publisher(), running.viewers(), i.sinceMillis(), i.firstMillis(), i.lastMillis(),
            i.bitsPerSecond(), i.framesIn(), i.framesSkipped(), i.lastKeyMillis(), i.hasBFrames(), "", i.problem());
    }

    @Override
    public Tracks tracks(String name, Set<Codec> carried) {
        return Views.possible(carried, info(name).tracks(), core.processes());
    }

    private StreamInfo offline(String name) {
        StreamConfig config = catalogue.find(name);
        String problem = config == null ? "no stream is configured by this name" : config.isPull() ? "" : "no such stream yet: nobody publishes it";
        return new StreamInfo(name, StreamInfo.State.OFFLINE, Tracks.NONE, config == null ? "" : config.name(), "", 0, 0, 0, 0, 0, 0, 0, 0, false,
            viewers.fallbackOf(name), problem);
    }

    @Override
    public List<StreamInfo> list() {
        Set<String> names = new LinkedHashSet<>();
        catalogue.named().forEach(c -> names.add(c.name()));
        registry.all().forEach(s -> names.add(s.name()));
        return names.stream().sorted().map(this::info).toList();
    }

    @Override
    public AutoCloseable listen(Consumer<StreamInfo> changed) {
        return changes.listen(changed, registry.all().stream().map(LiveStream::name).toList());
    }

    @Override
    public boolean open() {
        return settings.open();
    }

    @Override
    public void close() {
        entrance.stop();
        pusher.close();
        pushes.close();
        for (AutoCloseable l : listening) {
            try {
                l.close();
            } catch (Exception e) {
                LOG.warn("a listener could not be closed", e);
            }
        }
        doorman.close();
        registry.stop("the server is stopping");
    }

    /** Bytes of media that are held now. */
    long memoryUsed() {
        return budget.usedBytes();
    }
}
