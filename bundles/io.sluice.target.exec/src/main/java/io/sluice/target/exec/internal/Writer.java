package io.sluice.target.exec.internal;

import io.sluice.format.process.CommandLine;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A writer as it is configured.
 *
 * @param templates the command's words, not expanded
 * @param schemes   in lower case
 */
record Writer(String name, List<String> templates, List<String> schemes) {
    private static final String SCHEME = "[a-z][a-z0-9+.-]{0,62}";
    /** A letter alone is a drive elsewhere; these are the core's own. */
    private static final Set<String> TAKEN = Set.of("file");

    /** @throws IllegalArgumentException that names the attribute */
    static Writer of(Dictionary<String, ?> properties) {
        List<String> words = CommandLine.words(text(properties.get("command")));
        if (words.isEmpty()) {
            throw new IllegalArgumentException("'command': a command was wanted, nothing was found");
        }
        List<String> schemes = schemes(properties.get("schemes"));
        return new Writer(text(properties.get("name")), words, schemes);
    }

    private static List<String> schemes(Object value) {
        List<String> schemes = new ArrayList<>();
        for (String written : value instanceof String[] several ? several : text(value).split(",")) {
            String scheme = written.strip().toLowerCase(Locale.ROOT);
            if (!scheme.matches(SCHEME) || TAKEN.contains(scheme) || scheme.endsWith("-exec")) {
                throw new IllegalArgumentException("'schemes': names such as s3 were wanted, '" + written + "' was found");
            }
            schemes.add(scheme);
        }
        return schemes;
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
