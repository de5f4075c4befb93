package io.sluice.streams.internal.output;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A target without what may be secret in it: user and password, values of its own query, all but the beginning of a long stream key, and a command's arguments. */
final class Shown {
    private static final Pattern USER = Pattern.compile("://[^/]*@");
    private static final Pattern VALUE = Pattern.compile("=[^&?]*");
    private static final Pattern LAST_PART = Pattern.compile("(rtmps?://.*/)([^/$]{13,})", Pattern.CASE_INSENSITIVE);
    private static final int BEGINNING = 4;

    private Shown() {
    }

    /** @param target with or without its parameters */
    static String of(String target) {
        if (Address.scheme(target).equals(Address.FILE)) {
            return target;
        }
        int blank = target.indexOf(' '); // no address has one
        if (blank >= 0) {
            return of(target.substring(0, blank)) + " …";
        }
        int query = target.indexOf('?');
        String place = USER.matcher(query < 0 ? target : target.substring(0, query)).replaceAll("://");
        Matcher key = LAST_PART.matcher(place);
        String shown = key.matches() ? key.group(1) + key.group(2).substring(0, BEGINNING) + "…" : place;
        return query < 0 ? shown : shown + VALUE.matcher(target.substring(query)).replaceAll("=…");
    }
}
