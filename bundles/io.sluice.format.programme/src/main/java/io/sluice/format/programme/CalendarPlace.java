package io.sluice.format.programme;

import java.net.URI;
import java.time.ZoneId;

/**
 * Where a calendar is.
 *
 * @param url  or null for a file
 * @param path of a file, or ""
 * @param zone of times and whole days that name none
 */
public record CalendarPlace(URI url, String path, ZoneId zone) {
    /** A target with this beginning is a URL. */
    public static boolean isUrl(String target) {
        return target.regionMatches(true, 0, "http:", 0, 5) || target.regionMatches(true, 0, "https:", 0, 6);
    }

    /** For people: the path, or the URL's host, as more of it may be secret. */
    public String shown() {
        return url == null ? path : url.getHost();
    }
}
