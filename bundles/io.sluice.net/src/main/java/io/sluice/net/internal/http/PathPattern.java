package io.sluice.net.internal.http;

/**
 * A route's path pattern: {@code *} stands for any characters within one segment, a last {@code **} for the rest, which may be empty;
 * {@code /hls/**} takes {@code /hls} too. Everything else is literal.
 */
record PathPattern(String text) implements Comparable<PathPattern> {
    PathPattern {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("a path pattern begins with '/', not as '" + text + "' does");
        }
        int rest = text.indexOf("**");
        if (rest >= 0 && rest != text.length() - 2) {
            throw new IllegalArgumentException("'**' stands at the end of a path pattern only, not as in '" + text + "'");
        }
    }

    boolean matches(String path) {
        return match(0, path, 0) || text.endsWith("/**") && path.length() == text.length() - 3 && text.startsWith(path);
    }

    private boolean match(int p, String path, int i) {
        while (p < text.length() && text.charAt(p) != '*') {
            if (i == path.length() || path.charAt(i) != text.charAt(p)) {
                return false;
            }
            p++;
            i++;
        }
        if (p == text.length()) {
            return i == path.length();
        }
        return text.startsWith("**", p) || star(p + 1, path, i);
    }

    /** Tries each length within the segment; patterns have one or two stars, so this stays small. */
    private boolean star(int p, String path, int i) {
        for (int end = i;; end++) {
            if (match(p, path, end)) {
                return true;
            }
            if (end == path.length() || path.charAt(end) == '/') {
                return false;
            }
        }
    }

    private int literal() {
        int star = text.indexOf('*');
        return star < 0 ? Integer.MAX_VALUE : star;
    }

    /** The better match first: no star at all, then the longest literal beginning, then the longest pattern. */
    @Override
    public int compareTo(PathPattern o) {
        int byLiteral = Integer.compare(o.literal(), literal());
        int byLength = Integer.compare(o.text.length(), text.length());
        return byLiteral != 0 ? byLiteral : byLength != 0 ? byLength : text.compareTo(o.text);
    }
}
