package io.sluice.sessions.history.internal;

import io.sluice.api.plugin.Plugins;
import io.sluice.api.session.SessionHistory;
import io.sluice.api.session.Sessions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history in OSGi: listens to every engine that works, and writes on its own thread. The service is registered here and not by Declarative Services, which would show the
 * database's password among its properties.
 */
@Component(service = {}, configurationPid = "io.sluice.sessions.history", immediate = true)
@Designate(ocd = HistoryConfig.class)
public final class HistoryComponent {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryComponent.class);
    /** What waits is written when the server stops, but not for ever. */
    private static final long STOP_MILLIS = 5_000;

    private final Map<Sessions, AutoCloseable> engines = new ConcurrentHashMap<>();
    private final Backlog backlog;
    private final Writer writer;
    private final Thread thread;
    private final ServiceRegistration<SessionHistory> registration;

    @Activate
    public HistoryComponent(BundleContext context, HistoryConfig config) {
        String property = context.getProperty("sluice.home");
        Path home = Path.of(property == null ? "." : property);
        String url = config.url().isBlank() ? Database.fileUrl(home.resolve("data/sessions/history")) : config.url().strip();
        Database database = new Database(url, config.user().strip(), Database.secret(home, config), new InstalledDriver(context, config.driver().strip()));
        backlog = new Backlog(config.maxWaiting());
        writer = new Writer(backlog, database, new Retention(Duration.ofDays(config.retentionDays()), InstantSource.system()));
        thread = new Thread(writer, "sluice-history");
        thread.setDaemon(true);
        thread.start();
        registration = context.registerService(SessionHistory.class, new History(database, backlog, writer), FrameworkUtil.asDictionary(Map.of(Plugins.REPLACEABLE, true)));
    }

    /** Of several engines, in the moment of a replacement, each is listened to; a session is written once. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(Sessions sessions) {
        engines.put(sessions, sessions.onEnded(backlog::put));
        writer.adopt(sessions);
    }

    void unbind(Sessions sessions) throws Exception {
        AutoCloseable handle = engines.remove(sessions);
        if (handle != null) {
            handle.close();
        }
    }

    @Deactivate
    void stop() throws InterruptedException {
        registration.unregister();
        backlog.close();
        thread.join(STOP_MILLIS);
        if (thread.isAlive()) {
            LOG.warn("the session history's database does not answer; {} ended sessions are given up", writer.waiting());
        }
    }
}
