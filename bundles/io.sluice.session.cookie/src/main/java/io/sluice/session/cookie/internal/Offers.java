package io.sluice.session.cookie.internal;

import io.sluice.api.session.ConnectionFacts;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tokens that were handed out and did not come back in a cookie yet. A client that keeps no cookies asks for its first playlist again and again without a token; by this it gets
 * the same one each time and is one session. One whose cookie came back keeps cookies, so the next visitor without one is somebody else. From any thread.
 */
final class Offers {
    /** About 400 bytes each. Beyond it the oldest is forgotten, whose owner then counts as somebody new. */
    static final int MAX = 20_000;

    /** Who a client without a token can be known by. */
    private record Who(String kind, String stream, String address, String userAgent) {
        static Who of(ConnectionFacts facts) {
            return new Who(facts.kind().name(), facts.stream(), facts.address().getHostAddress(), facts.userAgent());
        }
    }

    private record Offer(String token, long atNanos) {
    }

    private final LongSupplier nanoTime;
    private final Map<Who, Offer> offers = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Who> owners = new LinkedHashMap<>();

    /** @param nanoTime a clock such as System::nanoTime */
    Offers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The token of a visitor that brought none: what it was offered last, if that was within the time, else a new one. */
    synchronized String offer(ConnectionFacts facts, long withinNanos, Supplier<String> fresh) {
        long now = nanoTime.getAsLong();
        Who who = Who.of(facts);
        Offer before = offers.get(who);
        boolean again = before != null && now - before.atNanos() < withinNanos;
        Offer offer = new Offer(again ? before.token() : fresh.get(), now);
        if (before != null && !again) {
            owners.remove(before.token());
        }
        offers.put(who, offer);
        owners.put(offer.token(), who);
        if (offers.size() > MAX) {
            Iterator<Offer> eldest = offers.values().iterator();
            owners.remove(eldest.next().token());
            eldest.remove();
        }
        return offer.token();
    }

    /** A token came back in a cookie. */
    synchronized void kept(String token) {
        Who who = owners.remove(token);
        if (who != null) {
            offers.remove(who);
        }
    }

    synchronized int size() {
        return offers.size();
    }
}
