package io.sluice.deploy.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Elects: prepares a candidate, hands over to it, and lets the one before drain. All on the deployer's thread. */
final class Election {
    private static final Logger LOG = LoggerFactory.getLogger(Election.class);
    /** While the framework still starts, what a plugin refers to may not be there yet. */
    private static final long START_UP_MILLIS = 60_000;
    private final Bundles bundles;
    private final Candidates candidates;
    private final Ballot ballot;
    private final OfferTracker tracker;
    private final Memory memory;
    private final ScheduledExecutorService thread;
    private final Reserved reserved;
    private final long prepareMillis;
    private final long drainMillis;

    Election(Bundles bundles, Candidates candidates, Ballot ballot, OfferTracker tracker, Memory memory, ScheduledExecutorService thread, Settings settings,
        Reserved reserved) {
        this.bundles = bundles;
        this.candidates = candidates;
        this.ballot = ballot;
        this.tracker = tracker;
        this.memory = memory;
        this.thread = thread;
        this.reserved = reserved;
        this.prepareMillis = settings.prepareMillis();
        this.drainMillis = settings.drainMillis();
    }

    /**
     * Prepares and elects.
     *
     * @param complete it must offer all that the one elected now offers
     * @throws Refusal when it cannot serve; then nothing has changed
     */
    void promote(Candidate candidate, boolean complete) throws Refusal {
        Candidate before = ballot.elected(candidate.symbolicName());
        if (before == candidate) {
            return;
        }
        bundles.start(candidate);
        awaitOffers(candidate, complete ? before : null);
        reserved.check(candidate);
        bundles.hold(candidate);
        candidate.refused(null);
        candidate.note("");
        int moving = before == null ? 0 : before.uses();
        LOG.info("{} is elected{}{}", candidate.described(), before == null ? "" : "; was " + before.version() + " (" + before.origin() + ")",
            moving == 0 ? "" : "; " + moving + (moving == 1 ? " use is" : " uses are") + " moving");
        ballot.elect(candidate.symbolicName(), candidate);
        if (before != null) {
            retire(before);
        }
        if (candidate.offers().isEmpty()) {
            stopOthers(candidate);
        }
    }

    private void awaitOffers(Candidate candidate, Candidate model) throws Refusal {
        boolean promised = bundles.announces(candidate);
        Bundle bundle = bundles.find(candidate);
        long since = System.nanoTime();
        boolean ready = tracker.await(
            () -> (model == null || candidate.missing(model).isEmpty()) && (!promised || !candidate.offers().isEmpty() || bundles.serves(bundle)),
            () -> System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(bundles.systemUp() ? prepareMillis : START_UP_MILLIS));
        if (ready) {
            return;
        }
        String hint = " within " + prepareMillis + " ms; a component of it may lack a reference or a configuration (scr:list shows it)";
        if (candidate.offers().isEmpty()) {
            throw new Refusal("it offers nothing (no service with the property sluice.name)" + hint);
        }
        throw new Refusal("it does not offer " + candidate.missing(model) + ", which " + model + " does," + hint);
    }

    /** Two of a library or a page would do the same work twice. */
    private void stopOthers(Candidate candidate) {
        for (Bundle other : bundles.named(candidate.symbolicName())) {
            if (other.getBundleId() != candidate.bundleId() && other.getState() == Bundle.ACTIVE) {
                Candidate c = candidates.of(other);
                if (c.offers().isEmpty()) {
                    bundles.stop(c);
                    LOG.info("{} is stopped; {} is used instead", c, candidate.described());
                }
            }
        }
    }

    /** Elects again what is best now: the remembered one, then the highest version that serves. */
    void reconsider(String symbolicName) {
        Candidate now = ballot.elected(symbolicName);
        for (Candidate c : order(symbolicName)) {
            if (c == now) {
                refresh(c);
                return;
            }
            try {
                promote(c, false);
                return;
            } catch (Refusal e) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                c.refused(e.getMessage());
                LOG.warn("{} is not elected: {}", c.described(), e.getMessage());
            }
        }
        if (now != null) {
            String lost = now.offers().isEmpty() ? "what it offered is" : String.join(", ", now.offerNames()) + " is";
            ballot.elect(symbolicName, null);
            LOG.warn("{} serves no more, and there is no other version: {} not offered any more", now.described(), lost);
            retire(now);
        }
    }

    private List<Candidate> order(String symbolicName) {
        List<Candidate> order = new ArrayList<>(candidates.named(symbolicName));
        order.removeIf(c -> !usable(c));
        String remembered = memory.elected(symbolicName).orElse("");
        order.stream().filter(c -> c.sha256().equals(remembered)).findFirst().ifPresent(c -> {
            order.remove(c);
            order.add(0, c);
        });
        return order;
    }

    /** One of the system's must offer something; the elected one may be between two configurations; what somebody stopped by hand stays stopped. */
    private boolean usable(Candidate c) {
        if (bundles.find(c) == null || c.refused() != null || c.withdrawn()) {
            return false;
        }
        return !c.started() || bundles.active(c) && (!c.system() || !c.offers().isEmpty() || ballot.isElected(c));
    }

    /** Its offers changed while it is elected. */
    private void refresh(Candidate c) {
        try {
            bundles.hold(c);
            c.note("");
        } catch (Refusal e) {
            c.note(e.getMessage());
            LOG.warn("{}: {}", c.described(), e.getMessage());
        }
        ballot.settle();
    }

    /** Its jar was taken away: another version is elected first, then it drains and goes. */
    void withdraw(Candidate candidate) {
        candidate.withdrawn(true);
        if (memory.elected(candidate.symbolicName()).filter(candidate.sha256()::equals).isPresent()) {
            memory.elected(candidate.symbolicName(), null);
        }
        if (ballot.isElected(candidate)) {
            LOG.info("{} is withdrawn: its file is gone", candidate.described());
            reconsider(candidate.symbolicName());
        } else {
            retire(candidate);
        }
    }

    /** No longer elected: drains, and is then let go. */
    private void retire(Candidate candidate) {
        if (candidate.uses() == 0) {
            idle(candidate);
            return;
        }
        LOG.info("{} drains: {} uses", candidate, candidate.uses());
        thread.schedule(() -> overdue(candidate), drainMillis, TimeUnit.MILLISECONDS);
    }

    private void overdue(Candidate candidate) {
        if (candidate.uses() > 0 && !ballot.isElected(candidate) && !candidate.overdue()) {
            candidate.overdue(true);
            LOG.warn("{} is still used by {} after {} s: it stays until they end (sluice:connections shows them)", candidate, candidate.uses(), drainMillis / 1000);
        }
    }

    /** Nobody uses it; nothing to do if it was elected or used again in the meantime. */
    void idle(Candidate candidate) {
        candidate.overdue(false);
        if (ballot.isElected(candidate)) {
            candidate.forgetSpent();
            return;
        }
        if (candidate.uses() > 0 || candidates.all().stream().noneMatch(c -> c == candidate)) {
            return;
        }
        bundles.release(candidate);
        if (candidate.withdrawn()) {
            candidates.remove(candidate);
            bundles.remove(candidate);
            LOG.info("{} (sha {}) is drained and gone", candidate, candidate.sha256().substring(0, 12));
        }
    }
}
