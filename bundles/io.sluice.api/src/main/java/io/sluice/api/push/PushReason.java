package io.sluice.api.push;

import java.util.List;

/**
 * How a rule, or a part of it, stands now.
 *
 * @param text     "and", "or", "not", or the condition as it is written, without secrets
 * @param standing now
 * @param why      of a condition: in words, with its value; of the others ""
 * @param parts    of "and", "or" and "not"
 */
public record PushReason(String text, Standing standing, String why, List<PushReason> parts) {
    public PushReason {
        parts = List.copyOf(parts);
    }

    /** UNKNOWN: nobody can tell, so the rule is not on because of it. */
    public enum Standing { ON, OFF, UNKNOWN }
}
