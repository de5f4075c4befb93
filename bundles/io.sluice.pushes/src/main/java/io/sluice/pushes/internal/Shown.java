package io.sluice.pushes.internal;

import java.util.regex.Pattern;

/** Texts without what may be secret in them: user information of addresses, and parameters whose name says so. */
public final class Shown {
    private static final Pattern USER = Pattern.compile("//(?!\\$\\[)[^/@?#\\s,()]*@");
    private static final Pattern PARAMETER = Pattern.compile("(?i)([?&][a-z0-9_.-]*(?:pass|secret|token|key|auth|signature|credential)[a-z0-9_.-]*=)(?!\\$\\[)[^&\\s,()\"']+");

    private Shown() {
    }

    public static String text(String text) {
        return PARAMETER.matcher(USER.matcher(text).replaceAll("//…@")).replaceAll("$1…");
    }
}
