package io.sluice.triggers.internal;

import io.sluice.api.trigger.TriggerType;
import java.util.Locale;
import java.util.stream.Stream;

/** What an answer means. */
final class Verdict {
    /** Longer than any name or address that the server takes. */
    private static final int MAX_TEXT_CHARS = 8192;

    private Verdict() {
    }

    /** @param answer or null where there is none, which refuses nothing */
    static boolean agrees(TriggerType type, String answer) {
        return answer == null || switch (type.answer()) {
            case DECISION -> yes(answer);
            case TEXT -> !answer.isBlank();
            default -> true;
        };
    }

    /** Without white space and in lower case it begins with 1, yes, true or cont. */
    static boolean yes(String answer) {
        // an answer may be long, and only its first letters count
        String start = answer.chars().filter(c -> !Character.isWhitespace(c)).limit(4).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString()
            .toLowerCase(Locale.ROOT);
        return Stream.of("1", "yes", "true", "cont").anyMatch(start::startsWith);
    }

    /** Of an answer that is a text its first line: an executable ends with a line break. Null where the text is to stay as it was. */
    static String text(TriggerType type, String answer) {
        if (answer == null || type.answer() == TriggerType.Answer.DECISION || type.answer() == TriggerType.Answer.IGNORED) {
            return answer;
        }
        String line = answer.strip().lines().findFirst().orElse("").strip();
        boolean blank = line.isEmpty() && type.answer() == TriggerType.Answer.OPTIONAL_TEXT;
        return blank ? null : line.substring(0, Math.min(MAX_TEXT_CHARS, line.length()));
    }

    static String words(TriggerType type, String answer) {
        return switch (type.answer()) {
            case IGNORED -> "answers are ignored";
            case DECISION -> agrees(type, answer) ? "yes" : "no" + (type.effect().isEmpty() ? "" : ": " + type.effect().replaceFirst("^no: ", ""));
            default -> {
                String text = text(type, answer);
                yield text == null ? "stays as it was" : text.isEmpty() ? "blank: " + type.effect().replaceFirst(".*blank: ", "") : "becomes " + text;
            }
        };
    }
}
