package io.sluice.target.file.internal.recording;

import io.sluice.format.files.PathTemplate;
import io.sluice.format.files.Roots;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** The files of one recording: templates to places within the roots. A value of a variable never is more than the step of the path that it stands in. Blocks. */
public final class RecordingNames {
    private final RecordingOptions options;
    private final Roots roots;
    private final BiFunction<String, Map<String, String>, String> expand;
    private final Set<Path> used = new HashSet<>();
    private Path first;
    private int counter;

    /** @param expand a part of a template with the built-in values of this place. @throws IllegalArgumentException with the problem */
    public RecordingNames(RecordingOptions options, Roots roots, BiFunction<String, Map<String, String>, String> expand) {
        this.options = options;
        this.roots = roots;
        this.expand = expand;
    }

    /** Segments are there already: numbers go on, and none of these is written again. */
    void after(int segments, Set<Path> files) {
        counter = segments;
        used.addAll(files);
    }

    /** Whether the first file can have its place; makes nothing. */
    public Path look() throws IOException {
        return place(options.path(), "", 0);
    }

    /** The next file. @param mediaNanos of its first frame */
    Path next(long mediaNanos) throws IOException {
        String template = first == null ? options.path() : options.segment();
        Path place = unused(place(template, first == null || template.startsWith("/") ? "" : base(template), mediaNanos));
        used.add(place);
        counter++;
        if (first == null) {
            first = place;
        }
        return place;
    }

    /** The playlist, as seen from the first segment. */
    Path playlist() throws IOException {
        String template = options.playlist();
        Path folder = (first == null ? look() : first).getParent();
        return place(template, template.startsWith("/") ? "" : folder + "/", 0);
    }

    /** Later segments are named from the first one's folder, where a template of their own says so. */
    private String base(String template) {
        return template.equals(options.path()) ? "" : first.getParent() + "/";
    }

    private Path place(String template, String folder, long mediaNanos) throws IOException {
        Map<String, String> values = Map.of("segmentCounter", Integer.toString(counter), "currentMediaTime", Long.toString(mediaNanos / 1_000_000));
        // a first step could be a whole path: here it is none
        String steps = PathTemplate.expand(template.startsWith("/") ? template : "./" + template, step -> expand.apply(step, values));
        return roots.place(folder + steps);
    }

    private Path unused(Path place) {
        Path free = place;
        String name = place.getFileName().toString();
        int dot = name.lastIndexOf('.');
        for (int i = 2; used.contains(free); i++) {
            free = place.resolveSibling(name.substring(0, dot) + "-" + i + name.substring(dot));
        }
        return free;
    }
}
