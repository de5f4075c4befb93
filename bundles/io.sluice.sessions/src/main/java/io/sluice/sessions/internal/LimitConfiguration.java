package io.sluice.sessions.internal;

import io.sluice.api.session.ConnectionKind;
import io.sluice.sessions.internal.limit.Limit;
import io.sluice.sessions.internal.limit.Scope;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One configured limit: a factory configuration becomes one of these, and {@link SessionsComponent} collects them. */
@Component(service = LimitConfiguration.class, configurationPid = "io.sluice.sessions.limit", configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = LimitConfiguration.Config.class, factory = true)
public final class LimitConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(LimitConfiguration.class);

    @ObjectClassDefinition(name = "Session limit", description = "How many sessions or how much bandwidth there may be, in all, for a stream, an address or each session.")
    @interface Config {
        @AttributeDefinition(name = "Counted together", description = "All sessions, those of a stream, those of an address, or each session by itself.",
            options = {@Option(label = "all", value = "all"), @Option(label = "stream", value = "stream"), @Option(label = "address", value = "address"),
                @Option(label = "session", value = "session")})
        String scope() default "all";

        @AttributeDefinition(name = "Pattern", description = "Streams or addresses that it holds for, each by itself; * stands for any characters.")
        String pattern() default "*";

        @AttributeDefinition(name = "Sessions at most", description = "0 for no limit. A limit of each session does not use it.")
        int sessions() default 0;

        @AttributeDefinition(name = "kbit/s at most", description = "Both directions together, over about ten seconds; 0 for no limit.")
        long kbps() default 0;

        @AttributeDefinition(name = "Kind", description = "soft: a line in the log when it is crossed and when it is below again. hard: new sessions are denied, and a session above its own kbit/s is ended.",
            options = {@Option(label = "soft", value = "soft"), @Option(label = "hard", value = "hard")})
        String kind() default "soft";

        @AttributeDefinition(name = "Counts", description = "Kinds of sessions that count: viewer, input, output, unclassified.")
        String[] counts() default {"viewer"};
    }

    private volatile Limit limit;

    @Activate
    @Modified
    void configured(Config c, Map<String, Object> properties) {
        String pid = String.valueOf(properties.get(Constants.SERVICE_PID));
        String name = pid.substring(pid.lastIndexOf('~') + 1);
        try {
            limit = limit(name, c);
        } catch (IllegalArgumentException e) {
            LOG.error("limit {} is not in force: {}", name, e.getMessage());
            limit = null;
        }
    }

    private static Limit limit(String name, Config c) {
        Set<ConnectionKind> kinds = EnumSet.noneOf(ConnectionKind.class);
        Arrays.stream(c.counts()).forEach(k -> kinds.add(word(ConnectionKind.class, k)));
        boolean hard = switch (c.kind().strip()) {
            case "hard" -> true;
            case "soft" -> false;
            default -> throw new IllegalArgumentException("kind is soft or hard, not '" + c.kind() + "'");
        };
        return new Limit(name, word(Scope.class, c.scope()), c.pattern().strip(), Math.max(0, c.sessions()), Math.max(0, c.kbps()), hard, kinds);
    }

    private static <E extends Enum<E>> E word(Class<E> type, String written) {
        return Enum.valueOf(type, written.strip().toUpperCase(Locale.ROOT));
    }

    /** Null where the configuration makes no sense. */
    Limit limit() {
        return limit;
    }
}
