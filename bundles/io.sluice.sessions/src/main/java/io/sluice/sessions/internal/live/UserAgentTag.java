package io.sluice.sessions.internal.live;

/** The tag that says what a viewer calls itself; MistServer's form, {@code UA:name}. */
final class UserAgentTag {
    /** The longest tag that there is. */
    private static final int CHARS = 64;
    private static final String PREFIX = "UA:";

    private UserAgentTag() {
    }

    /** "" for who says nothing. */
    static String of(String userAgent) {
        if (userAgent.isBlank()) {
            return "";
        }
        String tag = PREFIX + userAgent.replaceAll("[\\p{Cntrl}\\[\\]]", " ").strip();
        return tag.substring(0, Math.min(tag.length(), CHARS));
    }
}
