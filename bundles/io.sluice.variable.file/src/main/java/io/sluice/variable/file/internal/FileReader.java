package io.sluice.variable.file.internal;

import io.sluice.format.files.FileStamp;
import io.sluice.format.files.Roots;
import io.sluice.format.json.JsonPick;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads values out of files below some folders, and remembers them as long as a file is the same: then a reading is a look at its path. Blocks; any thread. */
final class FileReader {
    /** Three times the stated number; with the default limit of a value, 120 MiB at the very most. */
    private static final int MAX_KNOWN = 30_000;
    private record Key(FileQuestion question, int maxBytes) {
    }

    private record Known(FileStamp stamp, String value) {
    }

    private final Roots roots;
    private final Map<Key, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
            return size() > MAX_KNOWN;
        }
    };

    FileReader(Roots roots) {
        this.roots = roots;
    }

    Roots roots() {
        return roots;
    }

    String read(FileQuestion question, int maxBytes) throws IOException {
        Key key = new Key(question, maxBytes);
        Known last = known(key);
        if (last != null && last.stamp.equals(roots.glance(question.path()))) {
            return last.value;
        }
        FileStamp stamp = roots.stamp(question.path());
        String value = value(question, maxBytes);
        if (stamp.settled()) {
            keep(key, new Known(stamp, value));
        }
        return value;
    }

    private synchronized Known known(Key key) {
        return known.get(key);
    }

    private synchronized void keep(Key key, Known value) {
        known.put(key, value);
    }

    private String value(FileQuestion question, int maxBytes) throws IOException {
        boolean whole = question.pointer() == null && question.line() == 0;
        int max = whole ? maxBytes : JsonPick.MAX_DOCUMENT_BYTES;
        try (SeekableByteChannel channel = roots.open(question.path()); InputStream in = Channels.newInputStream(channel)) {
            byte[] bytes = in.readNBytes(max);
            boolean cut = bytes.length == max && in.read() >= 0;
            if (question.pointer() != null) {
                return shorter(pick(question.pointer(), bytes, cut), maxBytes);
            }
            String text = text(bytes, cut);
            return whole ? text : shorter(line(text, question.line(), cut), maxBytes);
        }
    }

    private static String pick(String pointer, byte[] bytes, boolean cut) throws IOException {
        if (cut) {
            throw new IOException("the JSON document has more than " + JsonPick.MAX_DOCUMENT_BYTES + " bytes");
        }
        return new JsonPick(pointer).from(bytes);
    }

    private static String line(String text, int line, boolean cut) throws IOException {
        return text.lines().skip(line - 1L).findFirst()
            .orElseThrow(() -> new IOException("there is no line " + line + (cut ? " in the first " + JsonPick.MAX_DOCUMENT_BYTES + " bytes" : "")));
    }

    /** UTF-8, without the mark that some editors begin it with, and without a character that the limit cut apart. */
    private static String text(byte[] bytes, boolean cut) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        text = text.startsWith("\ufeff") ? text.substring(1) : text;
        return cut && text.endsWith("\ufffd") ? text.substring(0, text.length() - 1) : text;
    }

    private static String shorter(String value, int maxChars) {
        return value.length() <= maxChars ? value : value.substring(0, maxChars);
    }
}
