package io.sluice.variables.internal.expand;

import java.util.ArrayList;
import java.util.List;

/** A text taken apart once: what stands as it is, and names. Immutable. */
final class Template {
    /** Defaults inside defaults; deeper ones are text. */
    private static final int DEEPEST = 10;
    /** A default is a word or an address; a longer one is text. Keeps the search for closing braces linear. */
    private static final int LONGEST_DEFAULT = 1024;
    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** A piece of a template. */
    sealed interface Part {
    }

    record Text(String text) implements Part {
    }

    /**
     * @param names    which it can mean, the longest first; whole for one in braces
     * @param written  with dollar sign and braces
     * @param fallback its default, or null
     */
    record Reference(List<String> names, String written, Template fallback) implements Part {
        String name() {
            return names.get(0);
        }
    }

    List<Part> parts() {
        return parts;
    }

    static Template parse(String text) {
        return new Parser(text, 0).parse();
    }

    /** Goes through a text from left to right. One thread, once. */
    private static final class Parser {
        private final String text;
        private final int depth;
        private final List<Part> parts = new ArrayList<>();
        private final StringBuilder plain = new StringBuilder();
        private int at;

        Parser(String text, int depth) {
            this.text = text;
            this.depth = depth;
        }

        Template parse() {
            for (int dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', at)) {
                plain.append(text, at, dollar);
                at = dollar;
                dollar();
            }
            plain.append(text, at, text.length());
            flush();
            return new Template(parts);
        }

        private void dollar() {
            char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
            if (next == '$') {
                plain.append('$');
                at += 2;
            } else if (BuiltIns.firstCharacter(next)) {
                bare();
            } else if (next != '{' || !braces()) {
                plain.append('$');
                at++;
            }
        }

        private void bare() {
            int end = at + 1;
            while (end < text.length() && BuiltIns.nameCharacter(text.charAt(end))) {
                end++;
            }
            String run = text.substring(at + 1, end);
            List<String> names = new ArrayList<>(List.of(run));
            for (int i = run.length() - 1; i > 0; i--) {
                if ("_.-".indexOf(run.charAt(i)) >= 0) {
                    names.add(run.substring(0, i));
                }
            }
            add(new Reference(List.copyOf(names), "$" + run, null), end);
        }

        private boolean braces() {
            int nameEnd = at + 2;
            while (nameEnd < text.length() && BuiltIns.nameCharacter(text.charAt(nameEnd)) && !text.startsWith(":-", nameEnd)) {
                nameEnd++;
            }
            String name = text.substring(at + 2, nameEnd);
            if (name.isEmpty() || nameEnd == text.length()) {
                return false;
            }
            if (text.charAt(nameEnd) == '}') {
                add(new Reference(List.of(name), "${" + name + "}", null), nameEnd + 1);
                return true;
            }
            int close = text.startsWith(":-", nameEnd) && depth < DEEPEST ? closing(nameEnd + 2) : -1;
            if (close < 0) {
                return false;
            }
            Template fallback = new Parser(text.substring(nameEnd + 2, close), depth + 1).parse();
            add(new Reference(List.of(name), text.substring(at, close + 1), fallback), close + 1);
            return true;
        }

        /** The brace that closes the one before, or -1. */
        private int closing(int from) {
            int open = 1;
            for (int i = from; i < Math.min(text.length(), from + LONGEST_DEFAULT); i++) {
                if (text.startsWith("${", i)) {
                    open++;
                } else if (text.charAt(i) == '}' && --open == 0) {
                    return i;
                }
            }
            return -1;
        }

        private void add(Reference reference, int end) {
            flush();
            parts.add(reference);
            at = end;
        }

        private void flush() {
            if (!plain.isEmpty()) {
                parts.add(new Text(plain.toString()));
                plain.setLength(0);
            }
        }
    }
}
