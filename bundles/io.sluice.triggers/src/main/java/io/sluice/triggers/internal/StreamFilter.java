package io.sluice.triggers.internal;

import java.util.List;
import java.util.Locale;

/** Which streams a trigger is for: names, or base names, which stand for all that begin with them and a plus sign. None: all. */
record StreamFilter(List<String> names) {
    StreamFilter {
        names = names.stream().map(StreamFilter::name).filter(n -> !n.isEmpty()).toList();
    }

    /** Names of streams are in lower case up to the plus sign, which may have been written as a space. */
    private static String name(String written) {
        String text = written.strip();
        int plus = text.indexOf('+') >= 0 ? text.indexOf('+') : text.indexOf(' ');
        return plus < 0 ? text.toLowerCase(Locale.ROOT) : text.substring(0, plus).toLowerCase(Locale.ROOT) + "+" + text.substring(plus + 1);
    }

    /** An event about no stream passes no filter that names some. */
    boolean passes(String stream) {
        return names.isEmpty() || names.contains(stream) || stream.indexOf('+') > 0 && names.contains(stream.substring(0, stream.indexOf('+')));
    }
}
