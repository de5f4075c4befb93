package io.sluice.target.file.internal.retention;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which files of one root we made: the file {@code .sluice-recordings} in it, one line for each thing that happened, so that a crash costs one line at most and a restart nothing.
 *
 * <pre>
 * R id group keepMillis keepCount      a recording begins
 * F id path                            it makes a file, or takes one over
 * E id endedMillis                     it is over
 * D path                               a file was deleted
 * </pre>
 *
 * Paths are relative to the root; fields are URL-encoded. Lines that make no sense are passed over. Blocks; any thread.
 */
final class RecordingIndex {
    static final String NAME = ".sluice-recordings";
    /** Lines that say nothing any more; then the file is written anew. */
    private static final int MAX_WASTE = 20_000;

    private final Path root;

    RecordingIndex(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    synchronized void append(String kind, String... fields) throws IOException {
        Files.writeString(root.resolve(NAME), line(kind, fields), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    String relative(Path file) {
        return root.relativize(file).toString();
    }

    /** Those with files, in the order they began. */
    synchronized List<IndexedRecording> load() throws IOException {
        Path index = root.resolve(NAME);
        if (!Files.isRegularFile(index)) {
            return List.of();
        }
        Map<String, IndexedRecording> byId = new LinkedHashMap<>();
        Map<Path, IndexedRecording> byFile = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(index, StandardCharsets.UTF_8);
        for (String line : lines) {
            try {
                read(line.split(" ", -1), byId, byFile);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                continue; // cut by a crash, or not ours
            }
        }
        List<IndexedRecording> live = byId.values().stream().filter(r -> !r.files().isEmpty()).toList();
        if (lines.size() > MAX_WASTE + 2 * (2 * live.size() + byFile.size())) {
            compact(live);
        }
        return live;
    }

    private void read(String[] f, Map<String, IndexedRecording> byId, Map<Path, IndexedRecording> byFile) {
        switch (f[0]) {
            case "R" -> byId.put(text(f[1]), new IndexedRecording(text(f[1]), text(f[2]), Long.parseLong(f[3]), Integer.parseInt(f[4])));
            case "F" -> {
                IndexedRecording owner = byId.get(text(f[1]));
                Path file = root.resolve(text(f[2])).normalize();
                if (owner != null && file.startsWith(root)) {
                    forget(file, byFile);
                    owner.files().add(file);
                    byFile.put(file, owner);
                }
            }
            case "E" -> {
                IndexedRecording over = byId.get(text(f[1]));
                if (over != null) {
                    over.ended(Long.parseLong(f[2]));
                }
            }
            case "D" -> forget(root.resolve(text(f[1])).normalize(), byFile);
            default -> throw new IllegalArgumentException(f[0]);
        }
    }

    private static void forget(Path file, Map<Path, IndexedRecording> byFile) {
        IndexedRecording owner = byFile.remove(file);
        if (owner != null) {
            owner.files().remove(file);
        }
    }

    private void compact(List<IndexedRecording> live) throws IOException {
        List<String> out = new ArrayList<>();
        for (IndexedRecording r : live) {
            out.add(line("R", r.id(), r.group(), Long.toString(r.keepMillis()), Integer.toString(r.keepCount())));
            r.files().forEach(file -> out.add(line("F", r.id(), relative(file))));
            if (r.endedMillis() > 0) {
                out.add(line("E", r.id(), Long.toString(r.endedMillis())));
            }
        }
        Path temporary = root.resolve(NAME + ".new");
        Files.writeString(temporary, String.join("", out));
        Files.move(temporary, root.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String line(String kind, String... fields) {
        StringBuilder out = new StringBuilder(kind);
        for (String field : fields) {
            out.append(' ').append(URLEncoder.encode(field, StandardCharsets.UTF_8));
        }
        return out.append('\n').toString();
    }

    private static String text(String field) {
        return URLDecoder.decode(field, StandardCharsets.UTF_8);
    }
}
