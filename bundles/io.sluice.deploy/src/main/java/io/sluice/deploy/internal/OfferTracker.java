package io.sluice.deploy.internal;

import io.sluice.api.net.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.osgi.framework.AllServiceListener;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees plugin services come and go, on whatever thread registers them. A coming one is noted and the deployer told; of a going one the
 * consumers are told before this returns, while its object is still alive.
 */
final class OfferTracker implements AllServiceListener, AutoCloseable {
    static final String CONTRACT = "io.sluice.api.";
    private static final Logger LOG = LoggerFactory.getLogger(OfferTracker.class);
    private static final String FILTER = "(" + Protocol.NAME + "=*)";
    private final BundleContext context;
    private final Candidates candidates;
    private final Ballot ballot;
    private final Consumer<String> changed;
    private final Map<ServiceReference<?>, List<Offer>> offers = new ConcurrentHashMap<>();
    private final Object arrivals = new Object();

    /** @param changed told of the symbolic name whose offers changed */
    OfferTracker(BundleContext context, Candidates candidates, Ballot ballot, Consumer<String> changed) {
        this.context = context;
        this.candidates = candidates;
        this.ballot = ballot;
        this.changed = changed;
    }

    void open() {
        try {
            context.addServiceListener(this, FILTER);
            ServiceReference<?>[] there = context.getAllServiceReferences(null, FILTER);
            for (ServiceReference<?> r : there == null ? new ServiceReference<?>[0] : there) {
                come(r);
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(FILTER, e);
        }
    }

    @Override
    public void close() {
        context.removeServiceListener(this);
    }

    /** Waits on the calling thread until it holds, looking again whenever an offer has come. @return false when it still does not */
    boolean await(BooleanSupplier condition, BooleanSupplier timeIsOver) {
        synchronized (arrivals) {
            while (!condition.getAsBoolean()) {
                if (timeIsOver.getAsBoolean()) {
                    return false;
                }
                try {
                    arrivals.wait(50);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }

    @Override
    public void serviceChanged(ServiceEvent event) {
        switch (event.getType()) {
            case ServiceEvent.REGISTERED -> come(event.getServiceReference());
            case ServiceEvent.MODIFIED -> modified(event.getServiceReference());
            default -> go(event.getServiceReference());
        }
    }

    private void come(ServiceReference<?> reference) {
        Bundle bundle = reference.getBundle();
        if (bundle == null || !(reference.getProperty(Protocol.NAME) instanceof String name) || name.isEmpty()) {
            return;
        }
        Candidate candidate = candidates.of(bundle);
        offers.computeIfAbsent(reference, r -> offers(r, candidate, name));
        if (candidate.system()) {
            candidate.refused(null);
        }
        synchronized (arrivals) {
            arrivals.notifyAll();
        }
        changed.accept(candidate.symbolicName());
    }

    private static List<Offer> offers(ServiceReference<?> reference, Candidate candidate, String name) {
        List<Offer> made = new ArrayList<>();
        for (String type : (String[]) reference.getProperty(Constants.OBJECTCLASS)) {
            if (type.startsWith(CONTRACT)) {
                Offer offer = new Offer(new Key(type, name), candidate, reference, properties(reference));
                Offer twin = candidate.offer(offer);
                if (twin != null) {
                    LOG.warn("{} registers {} twice; the later one counts", candidate, offer.key());
                }
                made.add(offer);
            }
        }
        return made;
    }

    /** Consumers read sluice.* properties when they are told; so a change of one is a new offer, and any other is only noted. */
    private void modified(ServiceReference<?> reference) {
        List<Offer> known = offers.get(reference);
        if (known == null || known.isEmpty()) {
            come(reference);
            return;
        }
        Map<String, Object> now = properties(reference);
        if (relevant(now).equals(relevant(known.get(0).properties()))) {
            known.forEach(o -> o.properties(now));
        } else {
            go(reference);
            come(reference);
        }
    }

    private void go(ServiceReference<?> reference) {
        List<Offer> gone = offers.remove(reference);
        if (gone == null || gone.isEmpty()) {
            return;
        }
        Candidate candidate = gone.get(0).candidate();
        gone.forEach(candidate::unoffer);
        if (ballot.isElected(candidate)) {
            ballot.settle();
        }
        gone.forEach(candidate::spend);
        changed.accept(candidate.symbolicName());
    }

    private static Map<String, Object> properties(ServiceReference<?> reference) {
        Map<String, Object> out = new HashMap<>();
        for (String key : reference.getPropertyKeys()) {
            out.put(key, reference.getProperty(key));
        }
        return out;
    }

    private static Map<String, String> relevant(Map<String, Object> properties) {
        Map<String, String> out = new HashMap<>();
        properties.forEach((k, v) -> {
            if (k.startsWith("sluice.")) {
                out.put(k, v instanceof Object[] a ? List.of(a).toString() : v.toString());
            }
        });
        return out;
    }
}
