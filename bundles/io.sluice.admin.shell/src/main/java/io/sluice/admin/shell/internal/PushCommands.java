package io.sluice.admin.shell.internal;

import io.sluice.api.push.Output;
import io.sluice.api.push.PushEntry;
import io.sluice.api.push.PushPreview;
import io.sluice.api.push.PushReport;
import io.sluice.api.push.PushSpan;
import io.sluice.api.push.PushState;
import io.sluice.api.push.Pushes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** sluice:pushes, push, pushstop, pushagain, pushadd, pushremove, pushremovestream, timeline. Gogo finds the methods by name. */
@Component(service = PushCommands.class, property = {"osgi.command.scope=sluice", "osgi.command.function=pushes", "osgi.command.function=push", "osgi.command.function=pushstop",
    "osgi.command.function=pushagain", "osgi.command.function=pushadd", "osgi.command.function=pushremove", "osgi.command.function=pushremovestream", "osgi.command.function=timeline"})
public final class PushCommands {
    /** A source may have to start first. */
    private static final long START_SECONDS = 60;
    private static final Duration PAST = Duration.ofDays(1);
    private static final Duration COMING = Duration.ofDays(7);
    private static final int MOST_SPANS = 200;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /** Gone while the engine is. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    volatile Pushes pushes;

    private Pushes engine() {
        Pushes now = pushes;
        if (now == null) {
            throw new IllegalStateException("the engine of pushes (io.sluice.pushes) is not there; what runs goes on");
        }
        return now;
    }

    public String pushes() {
        Pushes engine = engine();
        Table t = new Table("ENTRY", "STREAM", "ID", "STATE", "WHY", "TARGET", "MEDIA", "BYTES", "LOST", "STARTS", "NEXT");
        for (PushReport r : engine.entries()) {
            if (r.pushes().isEmpty()) {
                t.row(r.entry().name(), r.entry().stream(), "", "-", r.problem().isEmpty() ? "no such stream is there" : r.problem(), r.entry().target(), "", "", "", "", "");
            }
            r.pushes().forEach(p -> row(t, r, p));
        }
        engine.others().forEach(o -> row(t, o.entry(), o, o.reason(), "", ""));
        return t.or("no push is configured, and none runs");
    }

    private static void row(Table t, PushReport r, PushState p) {
        String next = p.nextMillis() == 0 ? "" : "in " + Quantity.duration(Math.max(0, p.nextMillis() - System.currentTimeMillis()));
        String why = r.problem().isEmpty() || p.why().equals(r.problem()) ? p.why() : p.why() + " (" + r.problem() + ")";
        if (p.output() == null) {
            t.row(r.entry().name(), p.stream(), "", p.on() ? "ON" : "OFF", line(why), r.entry().target(), "", "", "", p.starts(), next);
        } else {
            row(t, r.entry().name(), p.output(), why, p.starts(), next);
        }
    }

    private static void row(Table t, String entry, Output o, String why, Object starts, String next) {
        t.row(entry.isEmpty() ? "(by hand)" : entry, o.stream(), o.id(), o.state() + (o.failed() ? " (failed)" : ""), line(why), o.actual().isEmpty() ? o.target() : o.actual(),
            Quantity.duration(o.mediaMillis()), o.bytes(), o.lost() + o.skipped(), starts, next);
    }

    private static String line(String text) {
        return text.replaceAll("\\s+", " ");
    }

    /** Starts a push once. @param stream a name, or "a+" for each "a+x" that is there */
    public String push(String stream, String target) throws InterruptedException, TimeoutException {
        try {
            List<Output> begun = engine().start(stream, target).toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
            return begun.stream().map(o -> "push " + o.id() + " of " + o.stream() + " to " + (o.actual().isEmpty() ? o.target() : o.actual())).collect(Collectors.joining("\n"));
        } catch (ExecutionException e) {
            throw new IllegalArgumentException(e.getCause().getMessage(), e);
        }
    }

    /** Ends a push. */
    public String pushstop(String id) {
        if (!engine().stop(id)) {
            throw new IllegalArgumentException("there is no push " + id + "; sluice:pushes lists them");
        }
        return "push " + id + " ends";
    }

    /** What an entry waits for is over: what is on starts now. */
    public String pushagain(String name) {
        if (!engine().again(name)) {
            throw new IllegalArgumentException("there is no entry " + name + "; sluice:pushes lists them");
        }
        return "what is on of " + name + " starts now";
    }

    /** Makes an entry that is on whenever its stream is there, or edits one. */
    public String pushadd(String name, String stream, String target) throws IOException {
        return pushadd(name, stream, target, "");
    }

    /** @param rule such as "variable(name=onair, is=true)" */
    public String pushadd(String name, String stream, String target, String rule) throws IOException {
        engine().save(new PushEntry(name, stream, target, rule));
        return "entry " + name + " is saved";
    }

    /** Deletes an entry; its pushes end. */
    public String pushremove(String name) throws IOException {
        if (!engine().remove(name)) {
            throw new IllegalArgumentException("there is no entry " + name + "; sluice:pushes lists them");
        }
        return "entry " + name + " is removed";
    }

    /** Deletes all entries of a stream. @param stream as they name it: "cam" is not "cam+" */
    public String pushremovestream(String stream) throws IOException {
        Pushes engine = engine();
        List<String> names = engine.entries().stream().filter(r -> r.entry().stream().equals(stream)).map(r -> r.entry().name()).toList();
        for (String name : names) {
            engine.remove(name);
        }
        return names.size() + " entries of " + stream + " are removed";
    }

    /** When an entry, or a rule that somebody thinks of, was on in the past day and will be in the coming week. */
    public String timeline(String entryOrRule) {
        Pushes engine = engine();
        PushEntry known = entryOrRule.matches("[A-Za-z0-9_.-]{1,64}") ? engine.entry(entryOrRule) : null;
        Instant now = Instant.now();
        PushPreview preview = engine.preview(known != null ? known : new PushEntry("preview", "preview", "/preview.ts", entryOrRule), now.minus(PAST), now.plus(COMING));
        Table t = new Table("FROM", "TO", "", "WHY");
        if (!preview.timeline().isEmpty()) {
            preview.timeline().get(0).spans().stream().limit(MOST_SPANS).forEach(s -> row(t, s));
        }
        boolean nothing = preview.timeline().isEmpty() || preview.timeline().get(0).spans().isEmpty();
        String table = t.or("nothing is known of that time");
        return preview.problem().isEmpty() || known == null && !nothing ? table : preview.problem() + "\n" + table;
    }

    private static void row(Table t, PushSpan s) {
        t.row(time(s.from()), time(s.to()), s.on() ? "on" : "off", line(s.why()));
    }

    private static String time(Instant instant) {
        return TIME.format(instant.atZone(ZoneId.systemDefault()));
    }
}
