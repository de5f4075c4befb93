package io.sluice.push.manual.internal;

import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The configured switches by name, as of one moment. */
record Switches(Map<String, Boolean> byName) {
    /** Where two have a name, the one whose configuration's name comes first in the alphabet counts. @param self who gets the properties, for configuration plugins */
    static Switches read(ConfigurationAdmin admin, ServiceReference<?> self) {
        try {
            Configuration[] found = admin.listConfigurations("(service.factoryPid=" + SwitchConfig.PID + ")");
            Map<String, Boolean> byName = new TreeMap<>();
            Stream.of(found == null ? new Configuration[0] : found).sorted(Comparator.comparing(Configuration::getPid)).map(c -> c.getProcessedProperties(self))
                .filter(p -> p.get("name") instanceof String).forEach(p -> byName.putIfAbsent(p.get("name").toString().strip(), isOn(p.get("on"))));
            return new Switches(byName);
        } catch (IOException e) {
            throw new IllegalStateException("the configurations of switches cannot be read: " + e.getMessage(), e);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOn(Object on) {
        return on instanceof Boolean b ? b : on != null && on.toString().strip().equals("true");
    }
}
