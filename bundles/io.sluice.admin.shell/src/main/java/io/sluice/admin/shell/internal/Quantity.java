package io.sluice.admin.shell.internal;

import java.util.Locale;

/** Numbers as people say them. */
final class Quantity {
    private Quantity() {
    }

    /** "0 s", "4 min 3 s", "2 h 5 min", "3 d 1 h". */
    static String duration(long millis) {
        long s = Math.max(0, millis) / 1000;
        if (s < 60) {
            return s + " s";
        }
        if (s < 3600) {
            return s / 60 + " min " + s % 60 + " s";
        }
        return s < 86_400 ? s / 3600 + " h " + s / 60 % 60 + " min" : s / 86_400 + " d " + s / 3600 % 24 + " h";
    }

    /** In powers of 1000: "812 B", "4.2 MB". */
    static String bytes(long n) {
        return scaled(n, "B");
    }

    static String bits(long perSecond) {
        return scaled(perSecond, "bit/s");
    }

    private static String scaled(long n, String unit) {
        String[] prefixes = {"", "k", "M", "G", "T"};
        double v = n;
        int i = 0;
        while (v >= 999.5 && i < prefixes.length - 1) {
            v /= 1000;
            i++;
        }
        return String.format(Locale.ROOT, i == 0 || v >= 100 ? "%.0f %s%s" : "%.1f %s%s", v, prefixes[i], unit);
    }
}
