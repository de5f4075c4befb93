package io.sluice.admin.welcome.internal;

import io.sluice.api.net.Connections.Listener;
import java.util.Optional;

/** The words. Commands are whole, so that they can be copied. */
final class WelcomeText {
    private static final int RTMP_PORT = 1935;
    private static final int HTTP_PORT = 80;

    private final Facts facts;
    private final StringBuilder text = new StringBuilder("\n");

    private WelcomeText(Facts facts) {
        this.facts = facts;
    }

    static String of(Facts facts) {
        WelcomeText welcome = new WelcomeText(facts);
        welcome.problems();
        welcome.line("Sluice " + facts.version() + (welcome.problemFree() ? " is ready." : ": not everything works; what is wrong stands above."));
        welcome.watch();
        welcome.publish();
        welcome.console();
        if (facts.open()) {
            welcome.line("");
            welcome.line("OPEN: no key needed. Anybody who reaches this machine can publish any stream. Start without --open (SLUICE_OPEN) to end that.");
        }
        return welcome.text.append('\n').toString();
    }

    private boolean problemFree() {
        return facts.problems().isEmpty() && !facts.listeners().isEmpty() && facts.listeners().stream().allMatch(listener -> listener.problem().isEmpty()) && facts.admin().listens();
    }

    private void problems() {
        facts.problems().forEach(problem -> line("PROBLEM: " + problem));
        if (facts.listeners().isEmpty()) {
            line("PROBLEM: nothing listens for media: the network (io.sluice.net) did not start, or no listener is configured (conf/io.sluice.net.listener~NAME.cfg.json).");
        }
        for (Listener listener : facts.listeners()) {
            if (!listener.problem().isEmpty()) {
                line("PROBLEM: the listener " + listener.name() + " " + listener.problem() + ".");
                free(port(listener), variable(listener), "port in conf/io.sluice.net.listener~" + listener.name() + ".cfg.json");
            }
        }
        Facts.Admin admin = facts.admin();
        if (!admin.listens()) {
            line("PROBLEM: the Web Console cannot listen on " + admin.address() + ":" + admin.port() + ": the port is taken, or the address is not one of this machine.");
            free(admin.port(), Optional.of("SLUICE_ADMIN_PORT"), "org.osgi.service.http.port in conf/framework.properties");
        }
    }

    private void free(int port, Optional<String> variable, String setting) {
        line("         See who has it:  ss -ltnp 'sport = :" + port + "'");
        line("         Or take another: " + variable.map(name -> name + "=" + (port + 1) + " before the command, or ").orElse("") + setting);
    }

    /** The variable in the configuration that is shipped; a listener of somebody's own has none. */
    private static Optional<String> variable(Listener listener) {
        return switch (listener.name()) {
            case "rtmp" -> Optional.of("SLUICE_RTMP_PORT");
            case "http" -> Optional.of("SLUICE_HTTP_PORT");
            default -> Optional.empty();
        };
    }

    private void watch() {
        if (listener("http").isPresent()) {
            line("");
            item("Watch", page("demo"));
        }
    }

    private void publish() {
        if (listener("rtmp").isEmpty()) {
            return;
        }
        String stream = facts.open() || facts.publishKey().isEmpty() ? "mine" : "mine?key=" + facts.publishKey();
        line("");
        item("Publish", "ffmpeg -re -i any.mp4 -c copy -f flv \"" + rtmp("localhost") + "/" + stream + "\"");
        if (listener("http").isPresent()) {
            item("", "and watch it at " + page("mine"));
        }
        item("OBS", "Server      " + rtmp(facts.host()));
        item("", "Stream Key  " + stream);
        if (!facts.open() && facts.publishKey().isEmpty()) {
            item("", "No publish key is configured: only streams with a key of their own can be published (conf/io.sluice.streams.cfg.json).");
        }
    }

    private void console() {
        Facts.Admin admin = facts.admin();
        if (!admin.listens()) {
            return;
        }
        line("");
        item("Console", "http://" + (admin.loopback() ? "localhost" : facts.host()) + ":" + admin.port() + "/system/console");
        item("", "user " + admin.user() + ", " + password(admin));
        if (admin.loopback()) {
            item("", "from another machine: ssh -L " + admin.port() + ":127.0.0.1:" + admin.port() + " " + System.getProperty("user.name") + "@" + facts.host()
                + "  and then the same address there");
        }
    }

    private static String password(Facts.Admin admin) {
        if (!admin.firstPassword().isEmpty()) {
            return "password " + admin.firstPassword() + "   (shown this once; only its hash is kept)";
        }
        return admin.fromOutside() ? "password as given in SLUICE_ADMIN_PASSWORD or in the configuration"
            : "password as shown at the first start (for a new one, empty passwordHash in conf/io.sluice.admin.console.cfg.json and start again)";
    }

    private String page(String stream) {
        Listener http = listener("http").orElseThrow();
        boolean defaultPort = port(http) == (http.tls() ? 443 : HTTP_PORT);
        return (http.tls() ? "https" : "http") + "://localhost" + (defaultPort ? "" : ":" + port(http)) + "/" + stream + ".html";
    }

    private String rtmp(String host) {
        Listener rtmp = listener("rtmp").orElseThrow();
        boolean defaultPort = port(rtmp) == (rtmp.tls() ? 443 : RTMP_PORT);
        return (rtmp.tls() ? "rtmps" : "rtmp") + "://" + host + (defaultPort ? "" : ":" + port(rtmp)) + "/live";
    }

    /** The first that works and speaks the protocol; one without TLS before one with it. */
    private Optional<Listener> listener(String protocol) {
        return facts.listeners().stream().filter(listener -> listener.problem().isEmpty() && listener.protocols().contains(protocol))
            .min((one, other) -> Boolean.compare(one.tls(), other.tls()));
    }

    private static int port(Listener listener) {
        return Integer.parseInt(listener.local().substring(listener.local().lastIndexOf(':') + 1));
    }

    private void item(String name, String value) {
        line(String.format("  %-9s %s", name, value));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
