package io.sluice.streams.internal.event;

import io.sluice.api.variable.Expansion;
import io.sluice.api.variable.Variables;
import io.sluice.streams.internal.Elected;
import io.sluice.streams.internal.gate.StreamName;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Expands variables in what is configured for streams; without the engine of variables, text stays as it is. From any thread. */
public final class Expander {
    private static final Logger LOG = LoggerFactory.getLogger(Expander.class);

    private final Elected<Variables> engine;

    public Expander(Elected<Variables> engine) {
        this.engine = engine;
    }

    /** @param source of the stream, or "" where that is what is expanded */
    public Expansion expand(String text, String stream, String source) {
        return expand(text, source.isEmpty() ? Map.of("stream", stream) : Map.of("stream", stream, "source", source));
    }

    /** @param context built-in values; "stream" is among them */
    public Expansion expand(String text, Map<String, String> context) {
        Elected.Use<Variables> use = text.indexOf('$') < 0 ? null : engine.use(Variables.NAME);
        if (use == null) {
            return new Expansion(text, "");
        }
        try {
            return use.service().expand(text, context);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{}: its variables could not be expanded", context.get("stream"), e);
            return new Expansion(text, "the engine of variables failed");
        } finally {
            use.close();
        }
    }

    /** A stream's name that may be made of variables, after the naming rule. */
    public String name(String text, String stream, String source) {
        return text.isEmpty() ? "" : StreamName.clean(expand(text, stream, source).text());
    }
}
