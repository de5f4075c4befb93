package io.sluice.net.internal.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A path that no route wants. As in MistServer, a name with an extension is a stream in a form that is not there (404); no output takes any other path (415). */
final class Unserved {
    private static final Pattern STREAM_FILE = Pattern.compile("/[^/]+\\.([A-Za-z0-9]{1,16})");

    private Unserved() {
    }

    /** @param path normalised */
    static void tell(Answer answer, String path) {
        Matcher named = STREAM_FILE.matcher(path);
        if (named.matches()) {
            answer.error(404, "no such stream, or nothing here serves ." + named.group(1));
        } else {
            answer.error(415, "no output takes this path: it is no stream's address and no page of this server");
        }
    }
}
