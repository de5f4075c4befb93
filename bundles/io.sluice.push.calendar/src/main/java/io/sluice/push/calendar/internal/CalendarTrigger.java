package io.sluice.push.calendar.internal;

import io.sluice.api.net.Loops;
import io.sluice.api.net.Protocol;
import io.sluice.api.push.PushCondition;
import io.sluice.api.push.PushSpan;
import io.sluice.api.push.PushSwitch;
import io.sluice.api.push.PushTrigger;
import io.sluice.format.outbound.OutboundDenied;
import io.sluice.format.http.Trust;
import io.sluice.format.outbound.OutboundPolicy;
import io.sluice.format.programme.CalendarPlaces;
import io.sluice.format.programme.Programme;
import io.sluice.format.push.Phase;
import io.sluice.format.push.ScheduleWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** On while an event of a calendar is on; README.md lists the parameters. */
@Component(configurationPid = CalendarConfig.PID, property = Protocol.NAME + "=calendar")
@Designate(ocd = CalendarConfig.class)
public final class CalendarTrigger implements PushTrigger {
    /** A local file is read by then; who asked about a slow server asks again. */
    private static final long FIRST_LOOK_MILLIS = 2000;

    private final Path home;
    private final Desks desks;

    @Activate
    public CalendarTrigger(BundleContext context, CalendarConfig config, @Reference Loops loops) {
        this(Path.of(context.getProperty("sluice.home") == null ? "." : context.getProperty("sluice.home")), loops, config);
    }

    CalendarTrigger(Path home, Loops loops, CalendarConfig config) {
        this.home = home;
        desks = new Desks(Clock.systemUTC(), loops, places(config));
    }

    private CalendarPlaces places(CalendarConfig config) {
        List<Path> configured = Arrays.stream(config.roots()).filter(r -> !r.isBlank()).map(r -> home.resolve(r.strip())).toList();
        return new CalendarPlaces(configured.isEmpty() ? List.of(home.resolve("files")) : configured,
            new OutboundPolicy(CalendarConfig.PID, config.allowPrivate(), List.of(config.allowed())), CalendarConfig.PID, "push-calendar", Trust.of(config.trust(), CalendarConfig.PID));
    }

    @Modified
    void configure(CalendarConfig config) {
        desks.use(places(config));
    }

    @Override
    public AutoCloseable watch(PushCondition condition, PushSwitch state) {
        CalendarRule rule = CalendarRule.of(condition);
        Desk desk = desks.take(rule);
        ScheduleWatch watch = new ScheduleWatch(time -> phase(desk, rule, time), condition.clock(), state);
        desk.add(watch);
        AtomicBoolean over = new AtomicBoolean();
        return () -> {
            if (!over.getAndSet(true)) {
                desk.remove(watch);
                desks.give(rule);
            }
        };
    }

    private static Phase phase(Desk desk, CalendarRule rule, Instant time) {
        Programme programme = desk.programme();
        try {
            return programme == null ? Phase.unknown(desk.problem())
                : new Events(programme.timeline(rule.filter(), false, time), programme.timeline(rule.filter(), true, time)).at(time);
        } catch (IOException e) {
            return Phase.unknown(rule.place().shown() + ": " + e.getMessage());
        }
    }

    @Override
    public String problem(PushCondition condition) {
        try {
            CalendarRule rule = CalendarRule.of(condition);
            if (rule.place().url() != null) {
                desks.places().policy().check(rule.place().url());
            }
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        } catch (OutboundDenied e) {
            return "'target': " + e.getMessage();
        }
    }

    @Override
    public List<PushSpan> outlook(PushCondition condition, Instant from, Instant to) {
        CalendarRule rule = CalendarRule.of(condition);
        Desk desk = desks.glance(rule);
        desk.first().copy().completeOnTimeout(null, FIRST_LOOK_MILLIS, TimeUnit.MILLISECONDS).join();
        Programme programme = desk.programme();
        return programme == null ? List.of() : Spans.of(programme, rule.filter(), from, to);
    }

    @Deactivate
    void close() {
        desks.close();
    }
}
