package io.sluice.admin.shell.internal;

import java.io.IOException;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** sluice:switches, and sluice:switch to turn one: they are the configurations that io.sluice.push.manual follows. Gogo finds the methods by name; "_" stands before a word of Java's. */
@Component(service = SwitchCommands.class, property = {"osgi.command.scope=sluice", "osgi.command.function=switches", "osgi.command.function=switch"})
public final class SwitchCommands {
    private static final String PID = "io.sluice.push.manual.switch";
    private final ConfigurationAdmin admin;

    @Activate
    public SwitchCommands(@Reference ConfigurationAdmin admin) {
        this.admin = admin;
    }

    public String switches() throws IOException {
        Table t = new Table("SWITCH", "STATE");
        all().forEach(c -> t.row(c.getProperties().get("name"), isOn(c) ? "on" : "off"));
        return t.or("there is no switch; sluice:switch NAME on makes one");
    }

    /** How it stands. */
    public String _switch(String name) throws IOException {
        return name + " is " + (isOn(found(name)) ? "on" : "off");
    }

    /** Turns it, and makes it where there is none. @param state on or off */
    public String _switch(String name, String state) throws IOException {
        if (!state.equals("on") && !state.equals("off")) {
            throw new IllegalArgumentException("on or off was wanted, '" + state + "' was found");
        }
        if (!name.matches("[A-Za-z0-9_.-]{1,64}")) {
            throw new IllegalArgumentException("a name is made of letters (a-z, A-Z), digits, underscores, dots and hyphens, 64 at most");
        }
        Configuration configuration = all().stream().filter(c -> name.equals(name(c))).findFirst().orElse(null);
        if (configuration == null) {
            configuration = admin.getFactoryConfiguration(PID, name, "?");
        }
        Dictionary<String, Object> properties = configuration.getProperties() == null ? new Hashtable<>() : configuration.getProperties();
        properties.put("name", name);
        properties.put("on", state.equals("on"));
        configuration.updateIfDifferent(properties);
        return name + " is " + state;
    }

    private Configuration found(String name) throws IOException {
        return all().stream().filter(c -> name.equals(name(c))).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no switch '" + name + "'; sluice:switches lists them"));
    }

    private List<Configuration> all() throws IOException {
        try {
            Configuration[] found = admin.listConfigurations("(service.factoryPid=" + PID + ")");
            return Stream.of(found == null ? new Configuration[0] : found).filter(c -> !name(c).isEmpty()).sorted(Comparator.comparing(Configuration::getPid)).toList();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(Configuration configuration) {
        Object name = configuration.getProperties().get("name");
        return name == null ? "" : name.toString().strip();
    }

    private static boolean isOn(Configuration configuration) {
        return "true".equals(String.valueOf(configuration.getProperties().get("on")));
    }
}
