package io.sluice.target.file.internal.recording;

import io.sluice.format.container.ContainerFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a target and its parameters ask for; variables are not expanded.
 *
 * @param path        template of the file, or of the first segment
 * @param format      by the path's ending
 * @param splitNanos  a new file at the first key frame from then on; 0 for one file
 * @param playlist    template of the playlist, or ""
 * @param segment     template of the later segments; the same as {@code path} where none is given
 * @param targetAgeNanos of segments that the playlist keeps, 0 for all
 * @param maxEntries  segments that the playlist keeps, 0 for all
 * @param append      goes on with what is there
 * @param adjustSplit follows a publisher whose key frames are far apart
 * @param syncNanos   what a power cut may cost; 0: the operating system decides
 * @param keepNanos   how long the recording is kept, 0 for no rule of its own
 * @param keepCount   how many recordings of this target are kept, 0 for no rule of its own
 */
public record RecordingOptions(String path, ContainerFormat format, long splitNanos, String playlist, String segment, long targetAgeNanos, int maxEntries, boolean append,
    boolean adjustSplit, long syncNanos, long keepNanos, int keepCount) {
    private static final Set<String> KNOWN = Set.of("split", "m3u8", "segment", "targetAge", "maxEntries", "append", "adjustSplit", "sync", "keep", "keepCount");
    private static final String DEFAULT_SPLIT = "60";
    /** A power cut costs what came since the last one: see README. */
    private static final String DEFAULT_SYNC = "1";

    /** @throws IllegalArgumentException with what is wrong, naming the parameter */
    public static RecordingOptions of(String target, Map<String, String> written) {
        Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        parameters.putAll(written);
        parameters.keySet().stream().filter(name -> KNOWN.stream().noneMatch(name::equalsIgnoreCase)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("'" + name + "': a recording has no such parameter; wanted one of " + String.join(", ", KNOWN.stream().sorted().toList()));
        });
        String path = target.startsWith("file:") ? target.substring(target.startsWith("file://") ? 7 : 5) : target;
        ContainerFormat format = format(path);
        String playlist = parameters.getOrDefault("m3u8", "").strip();
        String segment = parameters.getOrDefault("segment", "").strip();
        String split = parameters.getOrDefault("split", playlist.isEmpty() ? "0" : DEFAULT_SPLIT);
        RecordingOptions options = new RecordingOptions(path, format, Seconds.nanos("split", split), playlist, segment.isEmpty() ? path : segment, Seconds.nanos("targetAge",
            parameters.getOrDefault("targetAge", "0")), count("maxEntries", parameters), flag("append", parameters), flag("adjustSplit", parameters), Seconds.nanos("sync",
                parameters.getOrDefault("sync", DEFAULT_SYNC)), Seconds.nanos("keep", parameters.getOrDefault("keep", "0")), count("keepCount", parameters));
        options.check(parameters);
        return options;
    }

    private static ContainerFormat format(String path) {
        int dot = path.lastIndexOf('.');
        String extension = dot < 0 || path.indexOf('/', dot) >= 0 ? "" : path.substring(dot + 1).toLowerCase(Locale.ROOT);
        return ContainerFormat.of(extension).orElseThrow(() -> new IllegalArgumentException("a recording's name must end in one of "
            + String.join(", ", ContainerFormat.all().stream().map(f -> "." + f.extension()).toList()) + "; '" + (extension.isEmpty() ? path : "." + extension) + "' was found"));
    }

    private void check(Map<String, String> parameters) {
        if (!playlist.isEmpty() && !format.segments()) {
            throw new IllegalArgumentException("'m3u8': ." + format.extension() + " files cannot be segments of a playlist; wanted .ts");
        }
        if (segmented() && !playlist.isEmpty() && !segment.contains("currentMediaTime") && !segment.contains("segmentCounter")) {
            throw new IllegalArgumentException("'m3u8': the segments' name must contain $currentMediaTime or $segmentCounter, or all would be one file");
        }
        if (segmented() && playlist.isEmpty() && segment.indexOf('$') < 0) {
            throw new IllegalArgumentException("'split': the name must contain a variable, such as $segmentCounter or $datetime, or all files would be one");
        }
        if (playlist.isEmpty() && (targetAgeNanos > 0 || maxEntries > 0)) {
            throw new IllegalArgumentException("'" + (maxEntries > 0 ? "maxEntries" : "targetAge") + "': wanted together with m3u8");
        }
        if (!segmented() && (parameters.containsKey("segment") || adjustSplit)) {
            throw new IllegalArgumentException("'" + (adjustSplit ? "adjustSplit" : "segment") + "': wanted together with split or m3u8");
        }
        if (append && !segmented() && !format.resumes()) {
            throw new IllegalArgumentException("'append': an ." + format.extension() + " file cannot be gone on with");
        }
    }

    public boolean segmented() {
        return splitNanos > 0;
    }

    /** The playlist loses old segments. */
    public boolean sliding() {
        return targetAgeNanos > 0 || maxEntries > 0;
    }

    private static int count(String name, Map<String, String> parameters) {
        String text = parameters.getOrDefault(name, "0").strip();
        if (!text.matches("\\d{1,7}")) {
            throw new IllegalArgumentException("'" + name + "': a number was wanted, '" + text + "' was found");
        }
        return Integer.parseInt(text);
    }

    private static boolean flag(String name, Map<String, String> parameters) {
        String text = parameters.getOrDefault(name, "false").strip().toLowerCase(Locale.ROOT);
        return !Set.of("0", "false", "no").contains(text);
    }
}
