package io.sluice.config.internal;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which file holds which configuration: {@code <pid>.cfg.json}, or {@code <factoryPid>~<name>.cfg.json} for one of many. Every file name stands for one PID and
 * comes out of it again, so a PID survives a restart.
 *
 * @param pid        of the configuration
 * @param factoryPid or null
 */
record FileName(String pid, String factoryPid) {
    static final String SUFFIX = ".cfg.json";
    /** What Configuration Admin names a configuration that was made without a name: {@code <factoryPid>.<UUID>}. */
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** @return empty for a file that is no configuration */
    static Optional<FileName> parse(String file) {
        if (!file.endsWith(SUFFIX) || file.startsWith(".") || file.length() == SUFFIX.length()) {
            return Optional.empty();
        }
        String stem = file.substring(0, file.length() - SUFFIX.length());
        int tilde = stem.indexOf('~');
        if (tilde < 0) {
            return Optional.of(new FileName(decode(stem), null));
        }
        String factoryPid = decode(stem.substring(0, tilde));
        String name = decode(stem.substring(tilde + 1));
        return factoryPid.isEmpty() || name.isEmpty() ? Optional.empty()
            : Optional.of(new FileName(factoryPid + (UUID.matcher(name).matches() ? "." : "~") + name, factoryPid));
    }

    String file() {
        if (factoryPid == null) {
            return encode(pid) + SUFFIX;
        }
        boolean prefixed = pid.startsWith(factoryPid) && pid.length() > factoryPid.length() + 1;
        return encode(factoryPid) + '~' + encode(prefixed ? pid.substring(factoryPid.length() + 1) : pid) + SUFFIX;
    }

    /** Percent signs for what a file name, or ours, cannot hold. */
    private static String encode(String text) {
        StringBuilder result = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain = c > ' ' && c < 0x7f && "~%/\\:*?\"<>|".indexOf(c) < 0 && (c != '.' || !result.isEmpty());
            result.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return result.toString();
    }

    private static String decode(String text) {
        try {
            return java.net.URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
