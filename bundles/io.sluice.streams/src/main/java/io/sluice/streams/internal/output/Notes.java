package io.sluice.streams.internal.output;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.List;

/** The last lines of a push, for people. From any thread. */
final class Notes {
    private static final int MOST = 10;
    private static final int CHARACTERS = 500;

    private final ArrayDeque<Note> notes = new ArrayDeque<>(MOST);

    record Note(long millis, String text) {
        /** Its time in front. */
        private String line() {
            return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS) + " " + text;
        }
    }

    synchronized void add(long millis, String text) {
        if (notes.size() == MOST) {
            notes.removeFirst();
        }
        String bounded = text.length() > CHARACTERS ? text.substring(0, CHARACTERS) + "…" : text;
        notes.addLast(new Note(millis, bounded.replaceAll("\\p{Cntrl}+", " ")));
    }

    synchronized List<Note> list() {
        return List.copyOf(notes);
    }

    List<String> lines() {
        return list().stream().map(Note::line).toList();
    }
}
