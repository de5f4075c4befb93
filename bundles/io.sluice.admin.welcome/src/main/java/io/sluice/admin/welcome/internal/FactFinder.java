package io.sluice.admin.welcome.internal;

import io.sluice.api.net.Connections;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.stream.Streams;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Asks the services, as far as they are there, and the configurations, placeholders filled in. */
final class FactFinder {
    private final BundleContext context;
    private final Supplier<Connections> connections;
    private final Supplier<Streams> streams;
    private final Supplier<ConfigurationAdmin> configurations;
    private final Supplier<Plugins> plugins;
    private final String firstPassword;

    FactFinder(BundleContext context, Supplier<Connections> connections, Supplier<Streams> streams, Supplier<ConfigurationAdmin> configurations,
        Supplier<Plugins> plugins, String firstPassword) {
        this.context = context;
        this.connections = connections;
        this.streams = streams;
        this.configurations = configurations;
        this.plugins = plugins;
        this.firstPassword = firstPassword;
    }

    Facts now() {
        Connections network = connections.get();
        Streams gate = streams.get();
        List<String> problems = new ArrayList<>();
        if (gate == null) {
            problems.add("there are no streams: io.sluice.streams did not start.");
        }
        if (network != null) {
            unspoken(network.listeners()).forEach(name -> problems.add("no plugin is elected that speaks " + name + ", which a listener offers (sluice shell sluice:plugins says why)."));
        }
        return new Facts(property("sluice.version", ""), host(), network == null ? List.of() : network.listeners(),
            configured("io.sluice.streams", "publishKey"), gate != null && gate.open(), admin(), problems);
    }

    /** What listeners offer and nobody speaks, or not yet: the deployer elects after the last start level. HTTP is the network's own, and wants a route. */
    private Set<String> unspoken(List<Connections.Listener> listeners) {
        Set<String> offered = new TreeSet<>();
        listeners.forEach(listener -> offered.addAll(listener.protocols()));
        Plugins deployer = plugins.get();
        if (deployer != null) {
            deployer.list().stream().filter(info -> info.state() == Plugins.State.ELECTED).flatMap(info -> info.services().stream())
                .forEach(service -> offered.remove(service.startsWith("HttpRoute ") ? "http" : service.replaceFirst("^(Datagram)?Protocol ", "")));
        }
        return offered;
    }

    /** Everything works. */
    boolean well(Facts facts) {
        return answered(facts) && facts.admin().listens() && facts.listeners().stream().allMatch(listener -> listener.problem().isEmpty());
    }

    /** Everything that is configured is there, whether it works or not. */
    boolean answered(Facts facts) {
        return started() && facts.problems().isEmpty() && !facts.listeners().isEmpty() && facts.listeners().size() >= configuredListeners();
    }

    /** The framework has gone past this bundle's start level, so that what is printed stands below what others say while they start. */
    private boolean started() {
        return context.getBundle(0).adapt(FrameworkStartLevel.class).getStartLevel() > context.getBundle().adapt(BundleStartLevel.class).getStartLevel();
    }

    private int configuredListeners() {
        return find("(|(service.factoryPid=io.sluice.net.listener)(service.factoryPid=io.sluice.net.datagrams))").size();
    }

    private Facts.Admin admin() {
        String user = configured("io.sluice.admin.console", "user");
        return new Facts.Admin(property("org.apache.felix.http.host", ""), Integer.parseInt(property("org.osgi.service.http.port", "8080")), adminListens(),
            user.isEmpty() ? "admin" : user, firstPassword, !configured("io.sluice.admin.console", "password").isEmpty());
    }

    /** Felix's HTTP service names an address only when it listens there. Asked by name: this bundle needs none of its classes. */
    private boolean adminListens() {
        try {
            ServiceReference<?>[] runtimes = context.getAllServiceReferences("org.osgi.service.servlet.runtime.HttpServiceRuntime", null);
            return runtimes != null && runtimes[0].getProperty("osgi.http.endpoint") instanceof String[] addresses && addresses.length > 0;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private String configured(String pid, String key) {
        for (Configuration configuration : find("(service.pid=" + pid + ")")) {
            Dictionary<String, Object> properties = configuration.getProcessedProperties(null);
            Object value = properties == null ? null : properties.get(key);
            return value == null ? "" : value.toString();
        }
        return "";
    }

    private List<Configuration> find(String filter) {
        ConfigurationAdmin admin = configurations.get();
        try {
            Configuration[] found = admin == null ? null : admin.listConfigurations(filter);
            return found == null ? List.of() : List.of(found);
        } catch (IOException | InvalidSyntaxException e) {
            return List.of();
        }
    }

    private String property(String key, String otherwise) {
        String value = context.getProperty(key);
        return value == null || value.isBlank() ? otherwise : value;
    }

    /** An IPv4 address of an interface that is up and real, or this machine's own name for itself. */
    private static String host() {
        try {
            List<InetAddress> addresses = new ArrayList<>();
            for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (network.isUp() && !network.isLoopback() && !network.isVirtual()) {
                    addresses.addAll(Collections.list(network.getInetAddresses()));
                }
            }
            return addresses.stream().filter(address -> address instanceof Inet4Address && !address.isLinkLocalAddress()).map(InetAddress::getHostAddress).findFirst()
                .orElse("localhost");
        } catch (SocketException e) {
            return "localhost";
        }
    }
}
