package io.sluice.deploy.internal;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is elected, and who is to be told. One candidate for each symbolic name; where two symbolic names offer the same name of the same
 * type, the one elected first keeps it; what is {@link Reserved} nobody else gets. Changes and listeners' calls happen one after another under one lock; no plugin is activated under it.
 */
final class Ballot {
    private static final Logger LOG = LoggerFactory.getLogger(Ballot.class);
    private final ReentrantLock turn = new ReentrantLock();
    private final List<Listening<?>> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<String, Candidate> elected = Map.of();
    private Map<Key, Offer> seats = Map.of();
    private final Reserved reserved;

    Ballot(Reserved reserved) {
        this.reserved = reserved;
    }

    /** From any thread, without waiting. */
    Candidate elected(String symbolicName) {
        return elected.get(symbolicName);
    }

    boolean isElected(Candidate candidate) {
        return elected.get(candidate.symbolicName()) == candidate;
    }

    /** Hands over to the candidate (null: to nobody); returns when every listener has. */
    void elect(String symbolicName, Candidate candidate) {
        turn.lock();
        try {
            Map<String, Candidate> next = new LinkedHashMap<>(elected);
            if (candidate == null) {
                next.remove(symbolicName);
            } else {
                next.put(symbolicName, candidate);
            }
            elected = next;
            settle();
        } finally {
            turn.unlock();
        }
    }

    /** Brings the seats in line with what the elected offer now, and tells of each difference. */
    void settle() {
        turn.lock();
        try {
            Map<Key, Offer> before = seats;
            Map<Key, Offer> now = seating();
            seats = now;
            Set<Key> keys = new LinkedHashSet<>(before.keySet());
            keys.addAll(now.keySet());
            for (Key key : keys) {
                if (before.get(key) != now.get(key)) {
                    listeners.forEach(l -> l.tell(key, before.get(key), now.get(key)));
                }
            }
        } finally {
            turn.unlock();
        }
    }

    private Map<Key, Offer> seating() {
        Map<Key, Offer> next = new LinkedHashMap<>();
        seats.forEach((key, offer) -> {
            Candidate heir = elected.get(offer.candidate().symbolicName());
            Offer same = heir == null ? null : heir.offer(key);
            if (same != null && same.held()) {
                next.put(key, same);
            }
        });
        elected.values().forEach(c -> seat(c, next));
        return next;
    }

    private void seat(Candidate candidate, Map<Key, Offer> next) {
        for (Offer offer : candidate.offers()) {
            String keeper = reserved.keeper(offer.key(), candidate.symbolicName());
            if (keeper != null) {
                if (candidate.clashes().put(offer.key(), keeper) == null) {
                    LOG.warn("{} offers {}, which only the bundle {} may: it is not used", candidate.described(), offer.key(), keeper);
                }
                continue;
            }
            Offer owner = offer.held() ? next.putIfAbsent(offer.key(), offer) : null;
            if (owner == null || owner == offer) {
                candidate.clashes().remove(offer.key());
            } else if (candidate.clashes().put(offer.key(), owner.bundle()) == null) {
                LOG.warn("{} offers {}, which {} has already: it stays with {}; remove one of the two", candidate.described(), offer.key(), owner.bundle(),
                    owner.bundle());
            }
        }
    }

    <T> AutoCloseable listen(Class<T> type, Plugins.Listener<T> listener) {
        Listening<T> listening = new Listening<>(type, listener);
        turn.lock();
        try {
            seats.forEach((key, offer) -> listening.tell(key, null, offer));
            listeners.add(listening);
        } finally {
            turn.unlock();
        }
        return () -> listeners.remove(listening);
    }

    private record Listening<T>(Class<T> type, Plugins.Listener<T> listener) {
        void tell(Key key, Offer before, Offer now) {
            if (!key.type().equals(type.getName())) {
                return;
            }
            try {
                listener.elected(key.name(), typed(before), typed(now));
            } catch (RuntimeException | LinkageError e) {
                LOG.error("telling {} that {} changes from {} to {} failed", listener.getClass().getName(), key, before, now, e);
            }
        }

        /** An offer whose class comes from another copy of the contract is none. */
        @SuppressWarnings("unchecked")
        private Plugin<T> typed(Offer offer) {
            if (offer == null || !offer.held()) {
                return offer == null ? null : (Plugin<T>) (Plugin<?>) offer;
            }
            if (!type.isInstance(offer.service())) {
                LOG.warn("{} is made for another copy of {}: it is not used; build it against this server's io.sluice.api", offer, type.getName());
                return null;
            }
            return (Plugin<T>) (Plugin<?>) offer;
        }
    }
}
