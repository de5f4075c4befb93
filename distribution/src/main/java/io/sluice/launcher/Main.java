package io.sluice.launcher;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Starts the server. The start script calls it with a command:
 * {@code init} prepares the home (so that the script can read the publish key), {@code run} starts, {@code version} says which this is.
 */
public final class Main {
    /** The server ran and was asked to stop. */
    static final int OK = 0;
    /** It could not start, or ended by a fault. */
    static final int FAILED = 1;
    /** The command line or the configuration is wrong. */
    static final int USAGE = 2;
    /** It was asked to stop and did not within its time. */
    static final int STUCK = 3;

    private Main() {
    }

    public static void main(String[] arguments) {
        String command = arguments.length == 0 ? "run" : arguments[0];
        try {
            Home home = Home.ofSystemProperties();
            switch (command) {
                case "init" -> home.prepare();
                case "run" -> System.exit(run(home));
                case "version" -> System.out.println("Sluice " + version());
                default -> {
                    System.err.println("sluice: no such command: " + command + " (init, run, version)");
                    System.exit(USAGE);
                }
            }
        } catch (Refused e) {
            System.err.println("sluice: " + e.getMessage());
            System.exit(USAGE);
        } catch (Exception e) {
            System.err.println("sluice: could not start: " + e);
            e.printStackTrace();
            System.exit(FAILED);
        }
    }

    private static int run(Home home) throws Exception {
        home.prepare();
        try (HomeLock lock = HomeLock.take(home.data().resolve("lock"))) {
            new AdminPassword(home.conf()).ensure(System.getenv("SLUICE_ADMIN_PASSWORD")).ifPresent(AdminPassword::announce);
            return new Server(home, FrameworkProperties.load(home)).run();
        }
    }

    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    /** Something that the user can put right; the message says how. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /** Where a path comes from a system property that the start script sets. */
    static Path path(String property) throws Refused {
        String value = System.getProperty(property);
        if (value == null || value.isBlank()) {
            throw new Refused("the system property " + property + " is not set; start the server by bin/sluice");
        }
        return Path.of(value).toAbsolutePath().normalize();
    }
}
