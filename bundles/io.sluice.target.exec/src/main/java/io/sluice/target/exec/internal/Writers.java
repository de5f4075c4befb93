package io.sluice.target.exec.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.push.PushTarget;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedServiceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writers that are configured, and the targets that their schemes are. Configuration Admin calls from a thread of its own. */
final class Writers implements ManagedServiceFactory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writers.class);

    private final BundleContext context;
    private final Commands commands;
    private final Map<String, Writer> byPid = new TreeMap<>();
    private final Map<String, Registered> byScheme = new HashMap<>();
    private ServiceRegistration<ManagedServiceFactory> asked;

    private record Registered(WriterTarget target, ServiceRegistration<PushTarget> service) {
    }

    Writers(BundleContext context, Commands commands) {
        this.context = context;
        this.commands = commands;
    }

    void open() {
        asked = context.registerService(ManagedServiceFactory.class, this, new Hashtable<>(Map.of(Constants.SERVICE_PID, WriterConfig.PID)));
    }

    @Override
    public String getName() {
        return "external writers";
    }

    @Override
    public synchronized void updated(String pid, Dictionary<String, ?> properties) throws ConfigurationException {
        try {
            byPid.put(pid, Writer.of(properties));
        } catch (IllegalArgumentException e) {
            byPid.remove(pid);
            throw new ConfigurationException(null, pid + " is not used: " + e.getMessage(), e);
        } finally {
            settle();
        }
    }

    @Override
    public synchronized void deleted(String pid) {
        byPid.remove(pid);
        settle();
    }

    /** Of two writers of one scheme the first by its PID has it. Services are registered and taken back within the lock: they are told to nobody who would call back here. */
    private void settle() {
        Map<String, Writer> wanted = new HashMap<>();
        byPid.forEach((pid, writer) -> writer.schemes().forEach(scheme -> {
            Writer other = wanted.putIfAbsent(scheme, writer);
            if (other != null) {
                LOG.warn("{}: the writer '{}' has the scheme {} already; '{}' does not get it", pid, other.name(), scheme, writer.name());
            }
        }));
        byScheme.entrySet().removeIf(e -> {
            boolean gone = !wanted.containsKey(e.getKey());
            if (gone) {
                e.getValue().service.unregister();
            }
            return gone;
        });
        wanted.forEach((scheme, writer) -> {
            Registered there = byScheme.get(scheme);
            if (there == null) {
                WriterTarget target = new WriterTarget(writer, commands);
                byScheme.put(scheme, new Registered(target, context.registerService(PushTarget.class, target, FrameworkUtil.asDictionary(Map.of(Protocol.NAME, scheme)))));
            } else {
                there.target.use(writer);
            }
        });
    }

    @Override
    public void close() {
        asked.unregister();
        synchronized (this) {
            byPid.clear();
            settle();
        }
    }
}
