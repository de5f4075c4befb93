package io.sluice.deploy.internal;

import io.sluice.api.plugin.Plugin;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * One service of one candidate. It has no service object until {@link #hold} and none after {@link #release}; then it also lets go of the
 * reference, so that a consumer who keeps this object by mistake does not keep the bundle's classes.
 */
final class Offer implements Plugin<Object> {
    private final Key key;
    private final Candidate candidate;
    private volatile ServiceReference<?> reference;
    private volatile Map<String, Object> properties;
    private volatile Object service;

    Offer(Key key, Candidate candidate, ServiceReference<?> reference, Map<String, Object> properties) {
        this.key = key;
        this.candidate = candidate;
        this.reference = reference;
        this.properties = Map.copyOf(properties);
    }

    Key key() {
        return key;
    }

    Candidate candidate() {
        return candidate;
    }

    boolean held() {
        return service != null;
    }

    void properties(Map<String, Object> changed) {
        properties = Map.copyOf(changed);
    }

    /** Asks the registry for the object, which activates a DS component: may run the plugin's code, so never with a lock held. */
    void hold(BundleContext context) throws Refusal {
        ServiceReference<?> r = reference;
        if (service != null || r == null) {
            return;
        }
        service = context.getService(r);
        if (service == null) {
            throw new Refusal("its service " + key + " cannot be activated; the log lines before this one say why");
        }
    }

    /** Gives the object back to the registry; it can be held again while its bundle offers it. */
    void release(BundleContext context) {
        ServiceReference<?> r = reference;
        if (service != null && r != null) {
            service = null;
            context.ungetService(r);
        }
    }

    /** The service was unregistered. */
    void forget() {
        service = null;
        reference = null;
    }

    @Override
    public Object service() {
        Object s = service;
        if (s == null) {
            throw new IllegalStateException(key + " of " + bundle() + " is gone; keep a use() while its code runs");
        }
        return s;
    }

    @Override
    public String name() {
        return key.name();
    }

    @Override
    public Map<String, Object> properties() {
        return properties;
    }

    @Override
    public String bundle() {
        return candidate.toString();
    }

    @Override
    public AutoCloseable use() {
        candidate.enter();
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                candidate.leave();
            }
        };
    }

    @Override
    public String toString() {
        return key + " of " + bundle();
    }
}
