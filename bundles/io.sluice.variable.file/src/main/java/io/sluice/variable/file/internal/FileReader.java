package io.sluice.variable.file.internal;

import io.sluice.format.files.Roots;
import io.sluice.format.json.JsonPick;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Reads values out of files, and remembers them as long as a file is the same: then a reading is a look at its path. Blocks; any thread. */
final class FileReader {
    /** Three times the stated number; with the default limit of a value, 120 MiB at the very most. */
    private static final int MAX_KNOWN = 30_000;
    /** File systems count time in steps of up to two seconds: a file that changed just now may change again with the same time and size. */
    private static final long SETTLED_MILLIS = 3000;

    private record Key(FileQuestion question, int maxBytes) {
    }

    private record Known(Path file, Object identity, long modifiedMillis, long size, String value) {
    }

    private final Map<Key, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
            return size() > MAX_KNOWN;
        }
    };

    String read(Roots roots, FileQuestion question, int maxBytes) throws IOException {
        Path file = roots.resolve(question.path());
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Key key = new Key(question, maxBytes);
        Known last = known(key);
        if (last != null && last.file.equals(file) && last.size == now.size() && last.modifiedMillis == now.lastModifiedTime().toMillis()
            && Objects.equals(last.identity, now.fileKey())) {
            return last.value;
        }
        String value = value(roots, question, maxBytes);
        if (System.currentTimeMillis() - now.lastModifiedTime().toMillis() > SETTLED_MILLIS) {
            keep(key, new Known(file, now.fileKey(), now.lastModifiedTime().toMillis(), now.size(), value));
        }
        return value;
    }

    private synchronized Known known(Key key) {
        return known.get(key);
    }

    private synchronized void keep(Key key, Known value) {
        known.put(key, value);
    }

    private static String value(Roots roots, FileQuestion question, int maxBytes) throws IOException {
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
