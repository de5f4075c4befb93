package io.sluice.sessions.internal;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.session.SessionStrategy;
import io.sluice.format.session.SessionFields;
import io.sluice.sessions.internal.key.Identifier;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a session is now: the configuration and the elected strategy. Each change is a generation of its own. From any thread. */
final class Definition implements Plugins.Listener<SessionStrategy>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Definition.class);
    /** More headers than this nobody is known by. */
    private static final int HEADERS = 32;

    /**
     * One generation.
     *
     * @param number  of the generation, from 1
     * @param headers that the facts are to hold
     */
    record Now(int number, Settings settings, Identifier identifier, Set<String> headers) {
        /** The same definition after a restart of the engine has the same text. */
        String text() {
            return settings.definition() + " by " + (identifier.plugin() == null ? "nobody" : identifier.plugin().bundle());
        }
    }

    private final Map<String, Plugin<SessionStrategy>> elected = new ConcurrentHashMap<>();
    private final Runnable changed;
    private volatile Now now;

    /** @param changed told of each generation but the first */
    Definition(Settings settings, Runnable changed) {
        this.changed = changed;
        this.now = next(1, settings, null, Identifier.mayDecide(settings.strategy()));
    }

    Now now() {
        return now;
    }

    synchronized void configured(Settings settings) {
        Now before = now;
        if (before.settings.definition().equals(settings.definition()) && before.settings.strategyMillis() == settings.strategyMillis()) {
            now = new Now(before.number, settings, before.identifier, before.headers);
        } else {
            boolean same = before.settings.strategy().equals(settings.strategy());
            define(settings, "the configuration", same ? before.identifier.strict() : Identifier.mayDecide(settings.strategy()));
        }
    }

    @Override
    public synchronized void elected(String name, Plugin<SessionStrategy> before, Plugin<SessionStrategy> elect) {
        if (elect == null) {
            elected.remove(name);
        } else {
            elected.put(name, elect);
        }
        if (name.equals(now.settings.strategy())) {
            boolean strict = elect == null && decides(before);
            define(now.settings, elect == null ? "nothing, as strategy " + name + " is not there" + (strict ? "" : ": plain fields") : elect.bundle(), strict);
        }
    }

    /** @param strict without a strategy nobody new gets in, because the one that was there decided that */
    private void define(Settings settings, String by, boolean strict) {
        Now before = now;
        Plugin<SessionStrategy> plugin = elected.get(settings.strategy());
        now = next(before.number + 1, settings, plugin, plugin == null ? strict : decides(plugin));
        before.identifier.close();
        LOG.info("sessions are defined by {} (strategy {}, {})", by, settings.strategy(), settings.fields());
        missed();
        changed.run();
    }

    /** Says it where the strategy is not there. */
    void missed() {
        Now is = now;
        if (is.identifier.plugin() == null && is.identifier.strict()) {
            LOG.warn("session strategy {} is not there: nobody new is let in until it is, or another is selected", is.settings.strategy());
        }
    }

    private Now next(int number, Settings settings, Plugin<SessionStrategy> plugin, boolean strict) {
        return new Now(number, settings, new Identifier(settings, plugin, strict, this::recovered), headers(settings, plugin));
    }

    private static boolean decides(Plugin<SessionStrategy> plugin) {
        try {
            return plugin != null && plugin.service().decides();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("session strategy {} ({}) does not say whether it decides; nobody new gets in without its answer: {}", plugin.name(), plugin.bundle(), e.toString());
            return true;
        }
    }

    /** Those who were placed by plain fields get what the strategy says. */
    private synchronized void recovered() {
        now = new Now(now.number + 1, now.settings, now.identifier, now.headers);
        changed.run();
    }

    private static Set<String> headers(Settings settings, Plugin<SessionStrategy> plugin) {
        Set<String> headers = new HashSet<>();
        for (List<String> fields : settings.fields().values()) {
            headers.addAll(SessionFields.of(fields).headers());
        }
        if (plugin != null) {
            try {
                headers.addAll(plugin.service().headers());
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("session strategy {} ({}) does not say which headers it wants: {}", settings.strategy(), plugin.bundle(), e.toString());
            }
        }
        if (headers.size() > HEADERS) {
            LOG.warn("session strategy {} wants {} headers, {} at most: it gets none", settings.strategy(), headers.size(), HEADERS);
            return Set.of();
        }
        return Set.copyOf(headers);
    }

    @Override
    public synchronized void close() {
        now.identifier.close();
    }
}
