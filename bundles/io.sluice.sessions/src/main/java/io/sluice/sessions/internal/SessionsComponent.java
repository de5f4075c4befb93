package io.sluice.sessions.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.SessionEngine;
import io.sluice.api.session.Visits;
import io.sluice.sessions.internal.limit.Limit;
import io.sluice.sessions.internal.tell.AccessLog;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
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

/** The plugin in OSGi: its configuration and limits. It does nothing until the core begins with it. */
@Component(service = SessionEngine.class, configurationPid = "io.sluice.sessions", property = Protocol.NAME + "=" + SessionEngine.NAME)
@Designate(ocd = SessionsComponent.Config.class)
public final class SessionsComponent implements SessionEngine {
    private static final Logger LOG = LoggerFactory.getLogger(SessionsComponent.class);

    @ObjectClassDefinition(name = "Session strategy", description = "What a session is: which fields of its connections identify it. A change regroups who is there, and cuts nobody."
        + " Fields: stream, address, token, protocol, userAgent, header:NAME, cookie:NAME, query:NAME, claim:NAME. No field at all: one session for all of the kind.")
    @interface Config {
        @AttributeDefinition(name = "Strategy", description = "Name of the strategy: fields, cookie, jwt, or one that a bundle in deploy/ offers. While it is not there, plain fields count.")
        String strategy() default "fields";

        @AttributeDefinition(name = "Viewers", description = "Fields that identify who takes media.")
        String[] viewers() default {"stream", "address", "token"};

        @AttributeDefinition(name = "Inputs", description = "Fields that identify who gives media: publishers and pulled sources.")
        String[] inputs() default {"stream", "address", "token", "protocol"};

        @AttributeDefinition(name = "Outputs", description = "Fields that identify pushes and recordings.")
        String[] outputs() default {"stream", "address", "token", "protocol"};

        @AttributeDefinition(name = "Unclassified", description = "Fields that identify what is none of these.")
        String[] unclassified() default {"stream", "address", "token", "protocol"};

        @AttributeDefinition(name = "Pages count as", description = "What connections that fetch only pages and descriptions are; none: they have no session and are not counted.",
            options = {@Option(label = "viewer", value = "viewer"), @Option(label = "output", value = "output"), @Option(label = "none", value = "none"),
                @Option(label = "unclassified", value = "unclassified")})
        String httpOnly() default "viewer";

        @AttributeDefinition(name = "Inactivity", description = "A session ends when nobody of it was there for so long, in seconds.")
        int inactivitySeconds() default 15;

        @AttributeDefinition(name = "History", description = "How long ended sessions are listed, in seconds.")
        int historySeconds() default 600;

        @AttributeDefinition(name = "Refusals", description = "How long the answer no is remembered, in seconds.")
        int deniedSeconds() default 600;

        @AttributeDefinition(name = "Strategy's time", description = "A strategy that takes longer is replaced by plain fields, in milliseconds.")
        long strategyMillis() default 1000;

        @AttributeDefinition(name = "Access log", description = "A line for each session that ended: empty for none, LOG for the server's log (ACCS), else a file below the server's home.")
        String accessLog() default "LOG";

        @AttributeDefinition(name = "Access log's size", description = "The file is replaced when it is so large, in megabytes.")
        int accessLogMegabytes() default 10;

        @AttributeDefinition(name = "Access log's files", description = "How many files are kept, the one in use included.")
        int accessLogFiles() default 5;
    }

    private final BundleContext context;
    private final Plugins plugins;
    private final Path home;
    private final Set<LimitConfiguration> limits = ConcurrentHashMap.newKeySet();
    private volatile Settings settings;
    private volatile AccessLog accessLog;
    private volatile Working working;

    @Activate
    public SessionsComponent(Config config, BundleContext context, @Reference Plugins plugins) {
        this.context = context;
        this.plugins = plugins;
        String folder = context.getProperty("sluice.home");
        this.home = Path.of(folder == null ? "." : folder);
        read(config);
    }

    @Modified
    synchronized void modified(Config config) {
        read(config);
        if (working != null) {
            working.engine().configured(settings, accessLog);
        }
    }

    private void read(Config c) {
        settings = new Settings(c.strategy().strip(), Map.of(ConnectionKind.VIEWER, list(c.viewers()), ConnectionKind.INPUT, list(c.inputs()), ConnectionKind.OUTPUT,
            list(c.outputs()), ConnectionKind.UNCLASSIFIED, list(c.unclassified())), httpOnly(c.httpOnly()), seconds(c.inactivitySeconds()), seconds(c.historySeconds()),
            seconds(c.deniedSeconds()), Math.max(1, c.strategyMillis()), c.accessLog(), Math.max(1L, c.accessLogMegabytes()) << 20, Math.max(1, c.accessLogFiles()));
        accessLog = accessLog(settings);
    }

    private static List<String> list(String[] fields) {
        return Arrays.stream(fields).map(String::strip).filter(f -> !f.isEmpty()).toList();
    }

    private static long seconds(int configured) {
        return Math.max(0, configured) * 1000L;
    }

    private static HttpOnly httpOnly(String written) {
        try {
            return HttpOnly.of(written);
        } catch (IllegalArgumentException e) {
            LOG.error("configuration io.sluice.sessions: {}; viewer is used", e.getMessage());
            return HttpOnly.VIEWER;
        }
    }

    private AccessLog accessLog(Settings s) {
        try {
            return AccessLog.of(s.accessLog(), home, s.accessLogBytes(), s.accessLogFiles());
        } catch (IllegalArgumentException e) {
            LOG.error("configuration io.sluice.sessions: {}; LOG is used", e.getMessage());
            return AccessLog.of("LOG", home, 1, 1);
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, updated = "updatedLimit")
    void addLimit(LimitConfiguration limit) {
        limits.add(limit);
        collect();
    }

    void updatedLimit(LimitConfiguration limit) {
        collect();
    }

    void removeLimit(LimitConfiguration limit) {
        limits.remove(limit);
        collect();
    }

    private void collect() {
        Working now = working;
        if (now != null) {
            now.engine().configured(limits());
        }
    }

    private List<Limit> limits() {
        return limits.stream().map(LimitConfiguration::limit).filter(Objects::nonNull).toList();
    }

    @Override
    public synchronized Collation begin(Visits visits) {
        working = Working.begin(visits, plugins, settings, accessLog, limits(), context, this::ended);
        return working;
    }

    private synchronized void ended() {
        working = null;
    }
}
