package io.sluice.admin.shell.internal;

import io.sluice.api.plugin.Plugins;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** sluice:plugins, elect. Gogo finds the methods by name. */
@Component(service = PluginCommands.class, property = {"osgi.command.scope=sluice", "osgi.command.function=plugins", "osgi.command.function=elect"})
public final class PluginCommands {
    /** Enough to tell a dozen versions apart, and to be typed. */
    private static final int SHOWN_DIGITS = 12;
    private final Plugins plugins;

    @Activate
    public PluginCommands(@Reference Plugins plugins) {
        this.plugins = plugins;
    }

    public String plugins() {
        Table t = new Table("BUNDLE", "VERSION", "STATE", "USES", "SHA-256", "FROM", "OFFERS", "REASON");
        plugins.list().forEach(i -> t.row(i.bundle(), i.version(), i.state(), i.uses(), digits(i.sha256()), i.origin(), String.join(", ", i.services()), i.reason()));
        return t.or("there is no plugin");
    }

    /** @param sha256 or a unique beginning of it */
    public String elect(String sha256) {
        plugins.elect(sha256);
        return plugins.list().stream().filter(i -> i.sha256().startsWith(sha256)).map(i -> i.bundle() + " " + i.version() + " is " + i.state()).findFirst()
            .orElse("elected");
    }

    private static String digits(String sha) {
        return sha.length() > SHOWN_DIGITS ? sha.substring(0, SHOWN_DIGITS) : sha;
    }
}
