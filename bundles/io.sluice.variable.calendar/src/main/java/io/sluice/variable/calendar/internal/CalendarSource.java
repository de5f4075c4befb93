package io.sluice.variable.calendar.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.variable.VariableRequest;
import io.sluice.api.variable.VariableSource;
import io.sluice.format.http.Trust;
import io.sluice.format.outbound.OutboundDenied;
import io.sluice.format.outbound.OutboundPolicy;
import io.sluice.format.programme.CalendarPlace;
import io.sluice.format.programme.CalendarPlaces;
import io.sluice.format.programme.CalendarShelf;
import io.sluice.format.programme.FetchRequest;
import io.sluice.format.programme.Programme;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** A variable's value says whether an event of a calendar is on, or how it is called; README.md lists its parameters. */
@Component(configurationPid = CalendarConfig.PID, property = Protocol.NAME + "=calendar")
@Designate(ocd = CalendarConfig.class)
public final class CalendarSource implements VariableSource {
    /** Half the stated number of variables, were each to have a calendar of its own. */
    private static final int MAX_CALENDARS = 5000;

    private final Path home;
    private final Clock clock;
    private final Watches watches;
    private final Map<CalendarPlace, CalendarShelf> shelves = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<CalendarPlace, CalendarShelf> eldest) {
            return size() > MAX_CALENDARS;
        }
    };
    private volatile CalendarPlaces places;

    @Activate
    public CalendarSource(BundleContext context, CalendarConfig config) {
        this(Path.of(context.getProperty("sluice.home") == null ? "." : context.getProperty("sluice.home")), Clock.systemUTC(), config.allowPrivate(), List.of(config.allowed()),
            config.trust(), config.roots());
    }

    CalendarSource(Path home, Clock clock, boolean allowPrivate, List<String> allowed, String trust, String... roots) {
        this.home = home;
        this.clock = clock;
        watches = new Watches(clock, this::next);
        places = places(allowPrivate, allowed, trust, roots);
    }

    private CalendarPlaces places(boolean allowPrivate, List<String> allowed, String trust, String... roots) {
        List<Path> configured = Arrays.stream(roots).filter(r -> !r.isBlank()).map(r -> home.resolve(r.strip())).toList();
        return new CalendarPlaces(configured.isEmpty() ? List.of(home.resolve("files")) : configured, new OutboundPolicy(CalendarConfig.PID, allowPrivate, allowed),
            CalendarConfig.PID, "variable-calendar", Trust.of(trust, CalendarConfig.PID));
    }

    /** Calendars are looked for anew, so that none stays that may not be read any more. */
    @Modified
    void configure(CalendarConfig config) {
        CalendarPlaces before = places;
        places = places(config.allowPrivate(), List.of(config.allowed()), config.trust(), config.roots());
        before.close();
        synchronized (shelves) {
            shelves.clear();
        }
    }

    @Override
    public CompletionStage<String> read(VariableRequest request) {
        CompletableFuture<String> value = new CompletableFuture<>();
        try {
            Question question = Question.of(request);
            request.workers().execute(() -> shelf(question).programme(places, fetch(request), question.refreshMillis()).whenComplete((programme, failure) -> {
                if (failure != null) {
                    value.completeExceptionally(failure instanceof CompletionException ? failure.getCause() : failure);
                } else {
                    take(programme, question, request.maxBytes(), value);
                }
            }));
        } catch (IllegalArgumentException e) {
            value.completeExceptionally(new IOException(e.getMessage()));
        } catch (RejectedExecutionException e) {
            value.completeExceptionally(new IOException("no thread is free to read a calendar"));
        }
        return value;
    }

    private static FetchRequest fetch(VariableRequest request) {
        return new FetchRequest(Map.of("X-Custom-Variable", request.name()), request.timeoutMillis(), request.workers());
    }

    private void take(Programme programme, Question question, int maxChars, CompletableFuture<String> value) {
        try {
            Instant now = clock.instant();
            String found = programme.timeline(question.filter(), question.summary(), now).at(now);
            value.complete(found.length() <= maxChars ? found : found.substring(0, maxChars));
        } catch (IOException | RuntimeException e) {
            value.completeExceptionally(new IOException(e.getMessage(), e));
        }
    }

    private CalendarShelf shelf(Question question) {
        synchronized (shelves) {
            return shelves.computeIfAbsent(question.place(), place -> new CalendarShelf(place, clock, () -> watches.replan(place)));
        }
    }

    /** For a watch; looks at what is worked out, and does not read. */
    private Instant next(Question question) {
        Programme programme = shelf(question).known();
        try {
            return programme == null ? null : programme.timeline(question.filter(), question.summary(), clock.instant()).next(clock.instant());
        } catch (IOException e) {
            return null; // the next reading says it
        }
    }

    @Override
    public String problem(VariableRequest request) {
        try {
            boolean plain = !request.templates().getOrDefault("target", "").contains("$");
            Question question = Question.of(request.shape());
            if (plain && question.place().url() != null) {
                places.policy().check(question.place().url());
            }
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        } catch (OutboundDenied e) {
            return "'target': " + e.getMessage();
        }
    }

    @Override
    public AutoCloseable watch(VariableRequest request, Runnable changed) {
        try {
            return watches.watch(Question.of(request), changed);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Deactivate
    void close() {
        watches.close();
        places.close();
    }
}
