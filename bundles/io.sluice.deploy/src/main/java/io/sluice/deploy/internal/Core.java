package io.sluice.deploy.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.plugin.Plugins;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleRevision;

/** Knows what cannot be replaced while it runs: what exports the contract, what serves it to plugins, and ourselves. */
final class Core {
    private final BundleContext context;

    Core(BundleContext context) {
        this.context = context;
    }

    /** @throws Refusal when the jar would stand beside a bundle of the core */
    void check(Jar jar) throws Refusal {
        boolean core = Stream.of(context.getBundles())
            .anyMatch(b -> jar.symbolicName().equals(b.getSymbolicName()) && (b.equals(context.getBundle()) || exports(b) || serves(b)));
        if (core) {
            throw new Refusal(jar.symbolicName() + " is part of the core, which holds sockets and frames: replace it in system/ and restart");
        }
    }

    private static boolean exports(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null && revision.getDeclaredCapabilities(BundleRevision.PACKAGE_NAMESPACE).stream()
            .anyMatch(c -> c.getAttributes().get(BundleRevision.PACKAGE_NAMESPACE).toString().startsWith(OfferTracker.CONTRACT));
    }

    private static boolean serves(Bundle bundle) {
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        return services != null && Stream.of(services).filter(r -> r.getProperty(Protocol.NAME) == null && !Boolean.TRUE.equals(r.getProperty(Plugins.REPLACEABLE)))
            .flatMap(r -> Stream.of((String[]) r.getProperty(Constants.OBJECTCLASS))).anyMatch(n -> n.startsWith(OfferTracker.CONTRACT));
    }
}
