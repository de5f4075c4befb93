package io.sluice.deploy.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every version that can be elected, by the number of its bundle. From any thread. */
final class Candidates {
    private static final Logger LOG = LoggerFactory.getLogger(Candidates.class);
    private final Map<Long, Candidate> byBundle = new ConcurrentSkipListMap<>();
    private final Map<Long, Long> modified = new ConcurrentHashMap<>();
    private final Consumer<Candidate> idle;

    /** @param idle see {@link Candidate} */
    Candidates(Consumer<Candidate> idle) {
        this.idle = idle;
    }

    /** The bundle's candidate; one that we did not install is of the system, and new again when its content was updated in place. */
    synchronized Candidate of(Bundle bundle) {
        Candidate known = byBundle.get(bundle.getBundleId());
        if (known != null && modified.get(bundle.getBundleId()) == bundle.getLastModified()) {
            return known;
        }
        return add(bundle, hash(bundle), true);
    }

    /** @param system see {@link Candidate#system} */
    synchronized Candidate add(Bundle bundle, String sha256, boolean system) {
        Candidate c = new Candidate(bundle.getSymbolicName(), bundle.getVersion(), sha256, bundle.getBundleId(), system, idle);
        c.started(bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING);
        modified.put(bundle.getBundleId(), bundle.getLastModified());
        byBundle.put(bundle.getBundleId(), c);
        return c;
    }

    synchronized void remove(Candidate candidate) {
        byBundle.remove(candidate.bundleId(), candidate);
    }

    Candidate withHash(String sha256) {
        return all().stream().filter(c -> c.sha256().equals(sha256)).findFirst().orElse(null);
    }

    /** Those of one symbolic name, highest version first. */
    List<Candidate> named(String symbolicName) {
        return all().stream().filter(c -> c.symbolicName().equals(symbolicName)).sorted(Comparator.comparing(Candidate::version).reversed()).toList();
    }

    Collection<Candidate> all() {
        return byBundle.values();
    }

    /** Of the jar that the bundle was installed from; where that is no file, of its location and time. */
    private static String hash(Bundle bundle) {
        String location = bundle.getLocation();
        try {
            int file = location.indexOf("file:");
            Path jar = file < 0 ? null : path(location.substring(file));
            if (jar != null && Files.isRegularFile(jar)) {
                return JarStore.hash(jar);
            }
            return JarStore.hash(new ByteArrayInputStream((location + "@" + bundle.getLastModified()).getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            LOG.warn("{} cannot be hashed", location, e);
            return "0".repeat(64);
        }
    }

    private static Path path(String url) {
        try {
            return Path.of(URI.create(url));
        } catch (IllegalArgumentException e) {
            return Path.of(url.substring("file:".length()));
        }
    }
}
