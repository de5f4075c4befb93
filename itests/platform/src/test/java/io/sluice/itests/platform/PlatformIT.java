package io.sluice.itests.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.itests.platform.InDistribution.Inside;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** The distribution's bundles as the framework sees them. */
@ExtendWith(InDistribution.class)
public class PlatformIT {
    @Inside
    public void everyBundleIsActive(BundleContext context) {
        List<String> others = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            boolean fragment = (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
            if (!fragment && bundle.getState() != Bundle.ACTIVE) {
                others.add(bundle + " is in state " + bundle.getState());
            }
        }
        assertEquals(List.of(), others);
    }

    @Inside
    public void noComponentOfOursMissesAReference(BundleContext context) {
        ServiceComponentRuntime runtime = context.getService(context.getServiceReference(ServiceComponentRuntime.class));
        List<String> waiting = new ArrayList<>();
        for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs()) {
            for (ComponentConfigurationDTO configuration : runtime.getComponentConfigurationDTOs(component)) {
                boolean missing = (configuration.state & (ComponentConfigurationDTO.UNSATISFIED_REFERENCE | ComponentConfigurationDTO.FAILED_ACTIVATION)) != 0;
                if (missing && component.name.startsWith("io.sluice.")) {
                    waiting.add(component.name + " lacks " + Arrays.stream(configuration.unsatisfiedReferences).map(r -> r.name).toList() + " " + configuration.failure);
                }
            }
        }
        assertEquals(List.of(), waiting);
    }

    /** Two versions of a plugin can be active: only the deployer's word tells which one is to be called. */
    @Inside
    public void noComponentReferencesAPluginsInterface(BundleContext context) {
        Set<String> plugins = Set.of("io.sluice.api.net.Protocol", "io.sluice.api.net.HttpRoute", "io.sluice.api.source.StreamSource", "io.sluice.api.stream.SegmentFormat");
        ServiceComponentRuntime runtime = context.getService(context.getServiceReference(ServiceComponentRuntime.class));
        List<String> referring = new ArrayList<>();
        for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs()) {
            Arrays.stream(component.references).filter(r -> plugins.contains(r.interfaceName)).forEach(r -> referring.add(component.name + " references " + r.interfaceName));
        }
        assertEquals(List.of(), referring);
    }

    @Inside
    public void whatTheNewcomerNeedsIsOffered(BundleContext context) throws Exception {
        Set<String> offered = new TreeSet<>();
        for (ServiceReference<?> reference : context.getAllServiceReferences(null, "(sluice.name=*)")) {
            String[] types = (String[]) reference.getProperty("objectClass");
            offered.add(types[0].substring(types[0].lastIndexOf('.') + 1) + " " + reference.getProperty("sluice.name"));
        }
        Set<String> wanted = new TreeSet<>(List.of("Protocol rtmp", "HttpRoute hls", "SegmentFormat hls", "StreamSource file", "StreamSource bundle"));
        wanted.removeAll(offered);
        assertEquals(Set.of(), wanted, () -> "offered: " + offered);
    }

    @Inside
    public void noBundleExportsItsInternals(BundleContext context) {
        List<String> exported = Arrays.stream(context.getBundles()).filter(b -> b.getSymbolicName().startsWith("io.sluice."))
            .flatMap(b -> Arrays.stream(String.valueOf(b.getHeaders().get("Export-Package")).split(",(?=[a-z])"))).filter(p -> p.contains(".internal")).toList();
        assertEquals(List.of(), exported);
    }
}
