package io.sluice.streams.internal.output;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.push.OutputRequest;
import io.sluice.api.push.PushAddress;
import io.sluice.api.push.PushTarget;
import io.sluice.api.stream.Denied;
import io.sluice.streams.internal.Elected;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes of a target as it is written where the push goes: asks triggers, takes it apart, puts variables' values in. From any thread. */
final class Departure {
    private static final Logger LOG = LoggerFactory.getLogger(Departure.class);
    /** Service property of a target: names of its parameters, beside those of MistServer's table. */
    private static final String PARAMETERS = "sluice.parameters";

    private final Means means;

    Departure(Means means) {
        this.means = means;
    }

    /** @throws IllegalArgumentException with what is wrong in its form */
    Wishes read(String target) {
        return Address.isVariable(target) ? null : new Wishes(address(target));
    }

    private PushAddress address(String target) {
        return Address.of(target, known(means.targets().get(Address.scheme(target))));
    }

    private static Set<String> known(Plugin<PushTarget> plugin) {
        Set<String> names = new HashSet<>();
        Object property = plugin == null ? null : plugin.properties().get(PARAMETERS);
        if (property instanceof String[] several) {
            names.addAll(Arrays.asList(several));
        } else if (property instanceof String one) {
            names.addAll(Arrays.asList(one.split("[, ]+")));
        }
        Set<String> lower = new HashSet<>();
        names.forEach(n -> lower.add(n.toLowerCase(Locale.ROOT)));
        return lower;
    }

    /** What is wrong with it, or "". */
    String problem(String target) {
        Wishes wishes;
        try {
            wishes = read(target);
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        return wishes == null ? "" : problem(wishes.rest());
    }

    private String problem(PushAddress address) {
        Elected.Use<PushTarget> use = means.targets().use(address.scheme());
        if (use == null) {
            return "no plugin pushes to '" + address.scheme() + ":'";
        }
        try {
            String problem = use.service().problem(address);
            return problem == null ? "" : problem;
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{} failed to look at a target", use.plugin().bundle(), e);
            return "the plugin for '" + address.scheme() + ":' failed to look at it";
        } finally {
            use.close();
        }
    }

    /** Completes on any thread; exceptionally with {@link Denied} or {@link IllegalArgumentException}. */
    CompletableFuture<Destination> settle(OutputRequest request, Executor loop) {
        return means.events().out(request.stream(), request.target()).thenApplyAsync(answer -> {
            String text = answer.text() == null ? request.target() : answer.text().strip();
            if (!answer.yes() || text.isEmpty()) {
                throw new Denied(Denied.Reason.SESSION, "refused by the trigger PUSH_OUT_START" + (answer.handler().isEmpty() ? "" : ": " + answer.handler()));
            }
            return destination(request.stream(), text);
        }, loop);
    }

    private Destination destination(String stream, String text) {
        Map<String, String> builtIn = new HashMap<>(Map.of("stream", stream));
        String source = means.door().source(stream);
        if (!source.isEmpty()) {
            builtIn.put("source", source);
        }
        String target = Address.isVariable(text) ? means.expander().expand(text, builtIn).text() : text;
        PushAddress address = address(target);
        Wishes wishes = new Wishes(address);
        String problem = problem(wishes.rest());
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException(problem);
        }
        return new Destination(address.scheme(), wishes, means.expander().expand(target, builtIn).text(), builtIn);
    }

    static Throwable cause(Throwable e) {
        return e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    }
}
