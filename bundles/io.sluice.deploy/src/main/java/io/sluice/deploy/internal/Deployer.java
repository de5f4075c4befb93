package io.sluice.deploy.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the installed bundles follow deploy/: what arrives is judged, installed and elected; what leaves is withdrawn. All on the deployer's thread. */
final class Deployer {
    private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);
    private final DropFolder folder;
    private final JarStore store;
    private final Memory memory;
    private final Bundles bundles;
    private final Candidates candidates;
    private final Election election;
    private final Core core;
    private final Reserved reserved;

    Deployer(DropFolder folder, JarStore store, Memory memory, Bundles bundles, Candidates candidates, Election election, Core core, Reserved reserved) {
        this.folder = folder;
        this.store = store;
        this.memory = memory;
        this.bundles = bundles;
        this.candidates = candidates;
        this.election = election;
        this.core = core;
        this.reserved = reserved;
    }

    /** Installs, without starting, what each file in deploy/ gave us before the restart; forgets and uninstalls the rest. */
    void restore() {
        memory.rejected().values().stream().filter(r -> !Files.exists(folder.file(r.file()))).forEach(r -> memory.forgetRejected(r.sha256()));
        memory.files().forEach((name, sha) -> {
            Optional<Jar> jar = Files.exists(folder.file(name)) ? store.find(sha) : Optional.empty();
            try {
                if (jar.isPresent()) {
                    install(jar.get()).file(name);
                    return;
                }
            } catch (Refusal e) {
                LOG.warn("deploy/{}: {}", name, e.getMessage());
            }
            memory.file(name, null);
        });
        for (Bundle bundle : bundles.ours()) {
            if (candidates.all().stream().noneMatch(c -> c.bundleId() == bundle.getBundleId())) {
                LOG.info("{} {} has no file in deploy/ any more: uninstalled", bundle.getSymbolicName(), bundle.getVersion());
                Candidate gone = candidates.add(bundle, bundle.getLocation().substring(Bundles.LOCATION.length()), false);
                candidates.remove(gone);
                bundles.remove(gone);
            }
        }
    }

    /** Elects for every symbolic name; those that need nothing from deploy/ first, for they cannot be kept waiting by a bad jar; engines after the plugins that they ask. */
    void elect() {
        Set<String> deployed = candidates.all().stream().filter(c -> !c.system()).map(Candidate::symbolicName).collect(Collectors.toSet());
        candidates.all().stream().map(Candidate::symbolicName).distinct().sorted(Comparator.<String, Boolean>comparing(deployed::contains).thenComparing(reserved::isKeeper))
            .forEach(election::reconsider);
    }

    /** @param boot see {@link DropFolder#look} */
    void look(boolean boot) {
        DropFolder.Changes changes = folder.look(boot);
        Map<String, Candidate> fresh = new LinkedHashMap<>();
        changes.arrived().forEach(file -> admit(file).ifPresent(c -> fresh.put(file.getFileName().toString(), c)));
        boolean library = false;
        for (Map.Entry<String, Candidate> f : fresh.entrySet()) {
            library |= tryDeploy(f.getValue(), f.getKey()) && f.getValue().offers().isEmpty();
        }
        if (library) {
            retryUnresolved();
        }
        changes.removed().forEach(this::removed);
        if (!fresh.isEmpty() || !changes.removed().isEmpty()) {
            prune();
        }
    }

    /** What is to be deployed of this file: nothing when it is known already, or refused. */
    private Optional<Candidate> admit(Path file) {
        String name = file.getFileName().toString();
        try {
            Jar jar = store.take(file);
            if (!folder.unchanged(file)) {
                return Optional.empty();
            }
            Candidate there = candidates.withHash(jar.sha256());
            boolean same = memory.file(name).filter(jar.sha256()::equals).isPresent();
            if (there != null && same && !there.withdrawn() || memory.rejected(jar.sha256()).isPresent()) {
                return Optional.empty();
            }
            return Optional.of(install(jar));
        } catch (Refusal e) {
            refuse(file, e);
        } catch (IOException e) {
            LOG.warn("deploy/{} cannot be read ({}); it is tried again when it changes", name, e.toString());
        }
        return Optional.empty();
    }

    private Candidate install(Jar jar) throws Refusal {
        Candidate there = candidates.withHash(jar.sha256());
        if (there != null) {
            return there;
        }
        core.check(jar);
        for (Bundle twin : bundles.named(jar.symbolicName())) {
            if (!twin.getLocation().startsWith(Bundles.LOCATION) && candidates.of(twin).sha256().equals(jar.sha256())) {
                return candidates.of(twin);
            }
        }
        return candidates.add(bundles.install(jar), jar.sha256(), false);
    }

    private boolean tryDeploy(Candidate candidate, String name) {
        try {
            deploy(candidate, name);
            return true;
        } catch (Refusal e) {
            return false;
        }
    }

    /** Elects what a file holds, remembers that, and withdraws what it held before. */
    void deploy(Candidate candidate, String name) throws Refusal {
        boolean known = !candidate.files().isEmpty() || candidate.system() || candidate.started();
        candidate.withdrawn(false);
        candidate.file(name);
        try {
            election.promote(candidate, true);
        } catch (Refusal e) {
            refuse(candidate, name, known, e);
            throw e;
        }
        memory.forgetRejected(candidate.sha256());
        memory.elected(candidate.symbolicName(), candidate.sha256());
        leave(name, candidate);
        memory.file(name, candidate.sha256());
    }

    /** A version from its copy: one that was refused is tried again, one that went comes back, and its file with it. */
    void revive(String sha256) throws Refusal {
        Optional<Memory.Rejected> rejected = memory.rejected(sha256);
        Jar jar = store.find(sha256).orElseThrow(() -> new Refusal(rejected.map(Memory.Rejected::reason).orElse("there is no copy of it")));
        String name = rejected.map(Memory.Rejected::file).orElseGet(() -> jar.symbolicName() + "-" + jar.version() + "-" + sha256.substring(0, 8) + ".jar");
        try {
            Candidate candidate = install(jar);
            if (rejected.isEmpty()) {
                store.putBack(sha256, folder.file(name));
            }
            deploy(candidate, name);
        } catch (IOException e) {
            throw new Refusal("its file cannot be put back into deploy/: " + e);
        }
    }

    private void refuse(Path file, Refusal why) {
        String name = file.getFileName().toString();
        try {
            String sha = JarStore.hash(file);
            if (memory.rejected(sha).isEmpty()) {
                forgetRejections(name, sha);
                Optional<Jar> jar = store.find(sha);
                memory.reject(new Memory.Rejected(sha, name, jar.map(Jar::symbolicName).orElse(""), jar.map(j -> j.version().toString()).orElse(""),
                    why.getMessage(), false));
                LOG.warn("deploy/{} is refused: {}", name, why.getMessage());
            }
        } catch (IOException e) {
            LOG.warn("deploy/{} is refused: {}, and now it cannot be read: {}", name, why.getMessage(), e.toString());
        }
    }

    private void refuse(Candidate candidate, String name, boolean known, Refusal why) {
        if (Thread.currentThread().isInterrupted()) {
            LOG.info("{} is tried again at the next start: the server stops", candidate.described());
            return;
        }
        LOG.warn("{} is refused: {}", candidate.described(), why.getMessage());
        if (known) {
            candidate.note(why.getMessage());
            return;
        }
        forgetRejections(name, candidate.sha256());
        memory.reject(new Memory.Rejected(candidate.sha256(), name, candidate.symbolicName(), candidate.version().toString(), why.getMessage(),
            why.unresolved()));
        candidate.files().clear();
        bundles.release(candidate);
        candidates.remove(candidate);
        bundles.remove(candidate);
    }

    /** What was refused because something was missing may be complete now. */
    private void retryUnresolved() {
        for (Memory.Rejected r : memory.rejected().values()) {
            if (r.unresolved() && store.has(r.sha256())) {
                try {
                    revive(r.sha256());
                } catch (Refusal e) {
                    LOG.debug("{} still lacks something: {}", r.file(), e.getMessage());
                }
            }
        }
    }

    private void removed(String name) {
        forgetRejections(name, "");
        leave(name, null);
        memory.file(name, null);
    }

    /** The file no longer holds what it held, but {@code now} (null: it is gone). */
    private void leave(String name, Candidate now) {
        forgetRejections(name, now == null ? "" : now.sha256());
        for (Candidate before : List.copyOf(candidates.all())) {
            if (before != now && before.files().remove(name) && before.files().isEmpty() && !before.system()) {
                election.withdraw(before);
            }
        }
    }

    private void forgetRejections(String name, String except) {
        memory.rejected().values().stream().filter(r -> r.file().equals(name) && !r.sha256().equals(except)).forEach(r -> memory.forgetRejected(r.sha256()));
    }

    /** Puts the file of a version that is on its way out back. */
    void keep(Candidate candidate) throws Refusal {
        if (!candidate.withdrawn()) {
            return;
        }
        String name = candidate.symbolicName() + "-" + candidate.version() + "-" + candidate.sha256().substring(0, 8) + ".jar";
        try {
            store.putBack(candidate.sha256(), folder.file(name));
        } catch (IOException e) {
            throw new Refusal("its file cannot be put back into deploy/: " + e);
        }
        candidate.withdrawn(false);
        candidate.file(name);
        memory.file(name, candidate.sha256());
    }

    private void prune() {
        Set<String> needed = new HashSet<>(memory.files().values());
        needed.addAll(memory.rejected().keySet());
        candidates.all().forEach(c -> needed.add(c.sha256()));
        try {
            store.prune(needed);
        } catch (IOException e) {
            LOG.warn("old copies cannot be deleted: {}", e.toString());
        }
    }
}
