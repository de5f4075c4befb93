package io.sluice.admin.shell.internal;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.variable.Expansion;
import io.sluice.api.variable.Variable;
import io.sluice.api.variable.VariableChange;
import io.sluice.api.variable.Variables;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** sluice:variables, variable, expand, refresh, punctuality. Gogo finds the methods by name. */
@Component(service = VariableCommands.class, property = {"osgi.command.scope=sluice", "osgi.command.function=variables", "osgi.command.function=variable",
    "osgi.command.function=expand", "osgi.command.function=refresh", "osgi.command.function=punctuality"})
public final class VariableCommands {
    private static final int LONGEST = 60;
    private static final int MOST_CHANGES = 100;
    private final AutoCloseable listening;
    private volatile Plugin<Variables> elected;

    @Activate
    public VariableCommands(@Reference Plugins plugins) {
        listening = plugins.listen(Variables.class, (name, before, now) -> elected = name.equals(Variables.NAME) ? now : elected);
    }

    @Deactivate
    void stop() throws Exception {
        listening.close();
    }

    private Variables engine() {
        Plugin<Variables> now = elected;
        if (now == null) {
            throw new IllegalStateException("the bundle io.sluice.variables is not running");
        }
        return now.service();
    }

    public String variables() {
        Table t = new Table("NAME", "TYPE", "VALUE", "CHANGED", "AGE", "NEXT", "TOOK", "FAILURES", "ERROR");
        long now = System.currentTimeMillis();
        engine().list().forEach(v -> t.row(v.name(), v.type(), v.known() ? line(v.value()) : "(none yet)", ago(v.changedMillis(), now), ago(v.readMillis(), now),
            v.nextMillis() == 0 ? "-" : "in " + Quantity.duration(v.nextMillis() - now), v.tookMillis() < 0 ? "-" : v.tookMillis() + " ms", v.failures(), v.error().replaceAll("\\s+", " ")));
        return t.or("no variable is configured");
    }

    /** How punctual readings are. */
    public String punctuality() {
        Variables.Punctuality p = engine().punctuality();
        return p.readings() == 0 ? "no full minute has passed, or nothing was read in it" : "last full minute: " + p.readings() + " readings, late by " + p.median() + " ms (median), "
            + p.p99() + " ms (99 of 100), " + Math.round(p.most() * 10) / 10.0 + " ms (most)";
    }

    /** One variable and its last changes. */
    public String variable(String name) {
        Variables engine = engine();
        Variable v = engine.get(name);
        if (v == null) {
            throw new IllegalArgumentException("there is no variable '" + name + "'; sluice:variables lists them");
        }
        long now = System.currentTimeMillis();
        Table t = new Table("VARIABLE", v.name()).row("type", v.type()).row("value", v.known() ? v.value() : "(none yet)").row("changed", ago(v.changedMillis(), now) + " ago")
            .row("read", ago(v.readMillis(), now) + " ago").row("took", v.tookMillis() + " ms").row("failures", v.failures() + " since then").row("error", v.error());
        List<VariableChange> changes = engine.history(name, 0, Long.MAX_VALUE);
        changes.stream().skip(Math.max(0, changes.size() - MOST_CHANGES)).forEach(c -> t.row(Instant.ofEpochMilli(c.atMillis()), line(c.now())));
        return t.toString();
    }

    public String expand(String template) {
        return expand(template, "");
    }

    /** @param stream for whose sake it is expanded, or "" */
    public String expand(String template, String stream) {
        Expansion e = engine().expand(template, stream.isEmpty() ? Map.of() : Map.of("stream", stream));
        return e.text() + (e.problem().isEmpty() ? "" : "\n(" + e.problem() + ")");
    }

    public String refresh(String name) {
        engine().refresh(name);
        return name + " is read now";
    }

    private static String line(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private static String ago(long millis, long now) {
        return millis == 0 ? "-" : Quantity.duration(now - millis);
    }
}
