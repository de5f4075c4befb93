package io.sluice.pushes.internal;

import java.util.regex.Pattern;

/** Texts without what may be secret in them: user information of addresses, parameters whose name says so, and all but the beginning of a long stream key. */
public final class Shown {
    private static final Pattern USER = Pattern.compile("//(?!\\$\\[)[^/@?#\\s,()]*@");
    private static final Pattern PARAMETER = Pattern.compile("(?i)([?&][a-z0-9_.-]*(?:pass|secret|token|key|auth|signature|credential)[a-z0-9_.-]*=)(?!\\$\\[)[^&\\s,()\"']+");
    /** The last part of an RTMP address is the key that lets publish; a short one, or one with a variable, is a name. */
    private static final Pattern STREAM_KEY = Pattern.compile("(?i)(rtmps?://[^\\s?,()\"']*/[^/\\s?,()\"'$]{4})[^/\\s?,()\"'$…]{9,}(?![^\\s?,()\"'])");

    private Shown() {
    }

    public static String text(String text) {
        String named = PARAMETER.matcher(USER.matcher(text).replaceAll("//…@")).replaceAll("$1…");
        return STREAM_KEY.matcher(named).replaceAll("$1…");
    }
}
