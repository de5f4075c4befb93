package io.sluice.pushes.internal.rule;

/** Reads a rule's text piece by piece. */
final class RuleText {
    /** As in a form's line: longer is not written by hand. */
    static final int MOST_CHARACTERS = 4096;
    private final String text;
    private int at;

    RuleText(String text) {
        this.text = text;
        if (text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("the rule has " + text.length() + " characters; " + MOST_CHARACTERS + " are allowed");
        }
    }

    /** @return what to throw @param place where in the text, from 0 */
    IllegalArgumentException wrong(int place, String what) {
        String before = text.substring(Math.max(0, place - 12), Math.min(place, text.length()));
        return new IllegalArgumentException("the rule is wrong at character " + (place + 1) + (before.isBlank() ? "" : ", after \"" + before.strip() + "\"") + ": " + what);
    }

    int place() {
        skipBlanks();
        return at;
    }

    boolean ended() {
        skipBlanks();
        return at == text.length();
    }

    /** What was read since a place. */
    String since(int place) {
        return text.substring(place, at);
    }

    boolean taken(char wanted) {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    void want(char wanted, String why) {
        if (!taken(wanted)) {
            throw wrong(at, "'" + wanted + "' is wanted " + why + (at < text.length() ? ", and there is '" + text.charAt(at) + "'" : ", and the rule ends"));
        }
    }

    /** Takes this word, whatever its case, where it stands alone. */
    boolean taken(String word) {
        skipBlanks();
        int end = at + word.length();
        boolean there = text.regionMatches(true, at, word, 0, word.length()) && (end == text.length() || !ofWord(text.charAt(end)));
        at = there ? end : at;
        return there;
    }

    /** A name, or "" where none stands. */
    String word() {
        skipBlanks();
        int from = at;
        while (at < text.length() && ofWord(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    /** A parameter's value: in quotes of either kind, with \ before a quote or another \, or up to the next comma or parenthesis. */
    String value() {
        skipBlanks();
        char quote = at < text.length() ? text.charAt(at) : ')';
        return quote == '"' || quote == '\'' ? quoted(quote) : bare();
    }

    private String quoted(char quote) {
        int from = at;
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != quote; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length() && "\\\"'".indexOf(text.charAt(at + 1)) >= 0) {
                at++;
            }
            value.append(text.charAt(at));
        }
        if (at == text.length()) {
            throw wrong(from, "the quote that begins here does not end");
        }
        at++;
        return value.toString();
    }

    private String bare() {
        int from = at;
        while (at < text.length() && ",()\"'".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at).strip();
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean ofWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.';
    }
}
