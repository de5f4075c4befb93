package io.sluice.variables.internal;

import io.sluice.api.variable.Expansion;
import io.sluice.api.variable.VariableRequest;
import io.sluice.variables.internal.expand.Expander;
import java.util.HashMap;
import java.util.Map;

/** Makes what a source is asked, with variables in its parameters replaced. On the engine's thread. */
final class Requests {
    private final Expander expander;
    private final Workers workers;

    Requests(Expander expander, Workers workers) {
        this.expander = expander;
        this.workers = workers;
    }

    /**
     * Gives the slot its request: that of before, if it would be the same, so that a watch on it stays. What has no value stays as it is, as a script has dollar signs of its own; it
     * is named in the slot's problem.
     *
     * @param template whether the source's values are templates: then nothing is replaced before they are used
     */
    void prepare(Slot slot, boolean template) {
        Definition d = slot.definition;
        slot.problem = "";
        boolean expands = !template && d.names();
        if (!expands && slot.request != null) {
            return;
        }
        Map<String, String> parameters = new HashMap<>(d.parameters());
        if (expands) {
            parameters.replaceAll((key, text) -> expand(slot, key, text));
        }
        if (slot.request == null || !slot.request.parameters().equals(parameters)) {
            slot.request = new VariableRequest(d.name(), parameters, d.parameters(), this::expand, d.waitMillis(), d.maxBytes(), workers.of(d.type()));
        }
    }

    private String expand(Slot slot, String parameter, String text) {
        Expansion expansion = expand(text);
        if (!expansion.problem().isEmpty()) {
            slot.problem = parameter + ": " + expansion.problem();
        }
        return expansion.text();
    }

    private Expansion expand(String text) {
        return expander.expand(text, Map.of());
    }
}
