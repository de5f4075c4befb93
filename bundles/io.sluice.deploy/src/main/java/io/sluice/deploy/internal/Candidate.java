package io.sluice.deploy.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.osgi.framework.Version;

/**
 * One installed version of a bundle that can be elected. Knows its bundle by number only, so that it may outlive it. Offers and uses change
 * from any thread; everything else on the deployer's thread, and is read from any.
 */
final class Candidate {
    static final String SYSTEM = "system";
    private final String symbolicName;
    private final Version version;
    private final String sha256;
    private final long bundleId;
    private final boolean system;
    private final Consumer<Candidate> idle;
    private final AtomicInteger uses = new AtomicInteger();
    private final Map<Key, Offer> offers = new ConcurrentHashMap<>();
    private final List<Offer> spent = new CopyOnWriteArrayList<>();
    private final Set<String> files = new ConcurrentSkipListSet<>();
    private final Map<Key, String> clashes = new ConcurrentHashMap<>();
    private volatile String lastFile = "";
    private volatile String note = "";
    private volatile String refused;
    private volatile boolean withdrawn;
    private volatile boolean overdue;
    private volatile boolean started;

    /** @param idle told, on the thread that closed the last use, whenever uses come down to zero */
    Candidate(String symbolicName, Version version, String sha256, long bundleId, boolean system, Consumer<Candidate> idle) {
        this.symbolicName = symbolicName;
        this.version = version;
        this.sha256 = sha256;
        this.bundleId = bundleId;
        this.system = system;
        this.idle = idle;
    }

    String symbolicName() {
        return symbolicName;
    }

    Version version() {
        return version;
    }

    String sha256() {
        return sha256;
    }

    long bundleId() {
        return bundleId;
    }

    /** It came with the distribution, or somebody installed it by hand; it is not ours to uninstall. */
    boolean system() {
        return system;
    }

    /** Names in deploy/ that hold its bytes. */
    Set<String> files() {
        return files;
    }

    void file(String name) {
        files.add(name);
        lastFile = name;
    }

    /** A name in deploy/, also when it is gone from there, or "system". */
    String origin() {
        return files.isEmpty() ? system ? SYSTEM : lastFile : files.iterator().next();
    }

    void enter() {
        uses.incrementAndGet();
    }

    void leave() {
        if (uses.decrementAndGet() == 0) {
            idle.accept(this);
        }
    }

    int uses() {
        return uses.get();
    }

    /** @return the offer that it replaces, or null */
    Offer offer(Offer offer) {
        return offers.put(offer.key(), offer);
    }

    Offer offer(Key key) {
        return offers.get(key);
    }

    Collection<Offer> offers() {
        return offers.values();
    }

    List<String> offerNames() {
        return offers.keySet().stream().map(Key::toString).sorted().toList();
    }

    List<Key> missing(Candidate other) {
        List<Key> missing = new ArrayList<>(other.offers.keySet());
        missing.removeAll(offers.keySet());
        return missing;
    }

    /** No longer offered; its object is still there. */
    void unoffer(Offer offer) {
        offers.remove(offer.key(), offer);
    }

    /** An offer was unregistered: whoever still uses it may ask for the object until the uses are closed. */
    void spend(Offer offer) {
        if (uses.get() == 0) {
            offer.forget();
        } else {
            spent.add(offer);
        }
    }

    boolean hasSpent() {
        return !spent.isEmpty();
    }

    void forgetSpent() {
        spent.forEach(Offer::forget);
        spent.clear();
    }

    /** Something about it that people should know although it serves, or "". */
    String note() {
        return note;
    }

    void note(String sentence) {
        note = sentence;
    }

    /** Names that another bundle had first: key to that bundle. */
    Map<Key, String> clashes() {
        return clashes;
    }

    /** Why it is not to be elected, or null. */
    String refused() {
        return refused;
    }

    void refused(String reason) {
        refused = reason;
    }

    /** Its jar is no longer in deploy/: it goes when its uses are closed. */
    boolean withdrawn() {
        return withdrawn;
    }

    void withdrawn(boolean is) {
        withdrawn = is;
        overdue = false;
    }

    /** The drain time is over and it is still used. */
    void overdue(boolean is) {
        overdue = is;
    }

    boolean overdue() {
        return overdue;
    }

    /** The deployer has started it in this run: if it is not active now, somebody stopped it. */
    boolean started() {
        return started;
    }

    void started(boolean is) {
        started = is;
    }

    /** For log lines: where it came from. */
    String described() {
        return this + " (" + (origin().equals(SYSTEM) ? "" : "deploy/") + origin() + ", sha " + sha256.substring(0, 12) + ")";
    }

    @Override
    public String toString() {
        return symbolicName + " " + version;
    }
}
