package io.sluice.api.trigger;

import java.util.List;

/**
 * A kind of event.
 *
 * @param name   such as "USER_NEW"
 * @param answer what is done with a handler's answer
 * @param effect of the answer, in words, or ""
 * @param fields of the payload, in the order of its lines
 */
public record TriggerType(String name, Answer answer, String effect, List<Field> fields) {
    public TriggerType {
        fields = List.copyOf(fields);
    }

    public enum Answer {
        /** Only told. */
        IGNORED,
        /** Yes or no. */
        DECISION,
        /** A text that replaces one; a blank one refuses. */
        TEXT,
        /** A text that replaces one; a blank one leaves it as it was. */
        OPTIONAL_TEXT
    }

    /** How a value is written in JSON. */
    public enum Form { TEXT, NUMBER, JSON }

    /** @param example for trying a handler out */
    public record Field(String name, Form form, String example) {
    }

    /** Whether anybody waits for what handlers say. */
    public boolean asks() {
        return answer != Answer.IGNORED;
    }
}
