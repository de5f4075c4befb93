package io.sluice.protocol.webrtc.internal;

/** Servers that peers may gather candidates by, RFC 9725 section 4.6. */
final class IceServers {
    private IceServers() {
    }

    /** The value of a Link header. */
    static String link(String configured) {
        String[] words = configured.trim().split(" +");
        String link = "<" + words[0].replaceAll("[<>\\s\"]", "") + ">; rel=\"ice-server\"";
        return words.length < 3 ? link : link + "; username=\"" + quoted(words[1]) + "\"; credential=\"" + quoted(words[2]) + "\"; credential-type=\"password\"";
    }

    private static String quoted(String word) {
        return word.replaceAll("[\\p{Cntrl}\"\\\\]", "");
    }
}
