package io.sluice.admin.console.internal;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The factory configurations of triggers: references in them are not replaced here. */
record TriggerConfigurations(ConfigurationAdmin admin) {
    static final String FACTORY = "io.sluice.triggers.trigger";
    private static final String ANY_LOCATION = "?";

    /** @throws Refused when there is none */
    Configuration find(String pid) throws Refused, IOException {
        try {
            if (pid != null && pid.matches("[A-Za-z0-9_.~-]{1,200}")) {
                Configuration[] found = admin.listConfigurations("(&(service.factoryPid=" + FACTORY + ")(service.pid=" + pid + "))");
                if (found != null) {
                    return found[0];
                }
            }
            throw new Refused(404, "There is no such trigger.");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Dictionary<String, Object> properties(Configuration configuration) {
        Dictionary<String, Object> stored = configuration.getProperties();
        return stored == null ? new Hashtable<>() : stored;
    }

    /** @param name becomes part of the configuration's PID and of its file's name */
    Configuration create(String name) throws Refused, IOException {
        if (name == null || !name.matches("[a-z0-9][a-z0-9_-]{0,63}")) {
            throw new Refused(400, "A trigger's name is made of the letters a to z, digits, '_' and '-', 64 at most.");
        }
        try {
            find(FACTORY + "~" + name);
        } catch (Refused none) {
            return admin.getFactoryConfiguration(FACTORY, name, ANY_LOCATION);
        }
        throw new Refused(409, "There is a trigger " + name + " already.");
    }
}
