package io.sluice.format.process;

import java.util.ArrayList;
import java.util.List;

/**
 * A line like a shell's, taken apart into words: quotes and backslashes as in POSIX (Shell Command Language, section 2.2), and nothing else of a shell. A word is a template:
 * {@code $name} in it is still to be expanded, whatever it is expanded to stays within the word. A dollar sign that is quoted by an apostrophe or a backslash becomes {@code $$}.
 */
public final class CommandLine {
    private static final int MAX_WORDS = 1000;

    private final String line;
    private final List<String> words = new ArrayList<>();
    private StringBuilder word;
    private int at;

    private CommandLine(String line) {
        this.line = line;
    }

    /** @throws IllegalArgumentException when a quote or brace is not closed, or there are too many words */
    public static List<String> words(String line) {
        return new CommandLine(line).split();
    }

    private List<String> split() {
        while (at < line.length()) {
            char c = line.charAt(at++);
            switch (c) {
                case ' ', '\t', '\n', '\r' -> endWord();
                case '\'' -> apostrophes();
                case '"' -> quotes();
                case '\\' -> escaped();
                case '$' -> dollar();
                default -> append(c);
            }
        }
        endWord();
        return words;
    }

    private void append(char c) {
        if (word == null) {
            word = new StringBuilder();
        }
        word.append(c);
    }

    private void literal(char c) {
        append(c);
        if (c == '$') {
            append(c);
        }
    }

    private void endWord() {
        if (word != null) {
            if (words.size() == MAX_WORDS) {
                throw new IllegalArgumentException("the command has more than " + MAX_WORDS + " words");
            }
            words.add(word.toString());
            word = null;
        }
    }

    private void startWord() {
        if (word == null) {
            word = new StringBuilder();
        }
    }

    private void apostrophes() {
        startWord();
        int end = line.indexOf('\'', at);
        if (end < 0) {
            throw new IllegalArgumentException("an apostrophe is not closed: " + line.substring(at - 1));
        }
        for (; at < end; at++) {
            literal(line.charAt(at));
        }
        at++;
    }

    private void quotes() {
        startWord();
        int start = at - 1;
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '"') {
                return;
            } else if (c == '$') {
                dollar();
            } else if (c == '\\' && at < line.length() && "\"\\$`".indexOf(line.charAt(at)) >= 0) {
                literal(line.charAt(at++));
            } else {
                append(c);
            }
        }
        throw new IllegalArgumentException("a quotation mark is not closed: " + line.substring(start));
    }

    private void escaped() {
        if (at == line.length()) {
            throw new IllegalArgumentException("the command ends with a backslash");
        }
        literal(line.charAt(at++));
    }

    /** {@code ${name:-a default with spaces}} stays in one piece. */
    private void dollar() {
        append('$');
        if (at < line.length() && line.charAt(at) == '$') {
            append(line.charAt(at++));
        } else if (at < line.length() && line.charAt(at) == '{') {
            int depth = 0;
            int start = at - 1;
            do {
                if (at == line.length()) {
                    throw new IllegalArgumentException("a brace is not closed: " + line.substring(start));
                }
                char c = line.charAt(at++);
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
                append(c);
            } while (depth > 0);
        }
    }
}
