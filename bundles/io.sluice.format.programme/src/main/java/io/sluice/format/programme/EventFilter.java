package io.sluice.format.programme;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which events count, by what they are called.
 *
 * @param text    found anywhere in the summary, without regard to case; "" for all
 * @param pattern a regular expression found in the summary, or "" for all
 */
public record EventFilter(String text, String pattern) {
    /** Characters that an expression may look at for one summary, which has a thousand at most: who writes calendars must not hold a thread with one. */
    private static final int MAX_LOOKS = 1_000_000;

    /** @throws IllegalArgumentException when the expression is none */
    public EventFilter {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'pattern': a regular expression was wanted: " + e.getDescription(), e);
        }
    }

    /** @throws IllegalStateException when the expression takes too long */
    public boolean counts(String summary) {
        return summary.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT))
            && (pattern.isEmpty() || Pattern.compile(pattern).matcher(new Looked(summary, new int[1])).find());
    }

    /** Text that counts how often it is looked at. */
    private record Looked(String text, int[] looks) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++looks[0] > MAX_LOOKS) {
                throw new IllegalStateException("'pattern' takes too long on the summary of an event; write it without nested repetition");
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Looked(text.substring(start, end), looks);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
