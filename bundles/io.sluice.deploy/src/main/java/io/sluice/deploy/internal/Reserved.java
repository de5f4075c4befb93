package io.sluice.deploy.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Offers that one bundle alone may make. An engine that is stopped or replaced comes back to its own name: nobody else can take it meanwhile. */
final class Reserved {
    /** The engines: who gets in, what names stand for, who is asked, what goes out. */
    static final Reserved ENGINES = of(Map.of(
        "io.sluice.sessions", List.of(new Key("io.sluice.api.session.SessionEngine", "sessions")),
        "io.sluice.variables", List.of(new Key("io.sluice.api.variable.Variables", "variables")),
        "io.sluice.triggers", List.of(new Key("io.sluice.api.trigger.Triggers", "triggers"), new Key("io.sluice.api.trigger.TriggerReports", "triggers")),
        "io.sluice.pushes", List.of(new Key("io.sluice.api.push.PushEngine", "pushes"))));

    private final Map<Key, String> keepers;

    private Reserved(Map<Key, String> keepers) {
        this.keepers = Map.copyOf(keepers);
    }

    /** @param offers by the symbolic name of the bundle that may make them */
    static Reserved of(Map<String, List<Key>> offers) {
        Map<Key, String> keepers = new LinkedHashMap<>();
        offers.forEach((keeper, keys) -> keys.forEach(k -> keepers.put(k, keeper)));
        return new Reserved(keepers);
    }

    /** Something is kept for this bundle. */
    boolean isKeeper(String symbolicName) {
        return keepers.containsValue(symbolicName);
    }

    /** The symbolic name of another bundle that this offer is kept for, or null where the bundle may make it. */
    String keeper(Key offer, String symbolicName) {
        String keeper = keepers.get(offer);
        return symbolicName.equals(keeper) ? null : keeper;
    }

    /** @throws Refusal when the bundle makes an offer that is kept for another */
    void check(Candidate candidate) throws Refusal {
        for (Offer offer : candidate.offers()) {
            String keeper = keeper(offer.key(), candidate.symbolicName());
            if (keeper != null) {
                throw new Refusal("it offers " + offer.key() + ", which only the bundle " + keeper + " may");
            }
        }
    }
}
