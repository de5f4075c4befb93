package io.sluice.format.push;

/**
 * Which streams a condition means.
 *
 * @param pattern a name such as "a" or "a+b", meant alone; "a+" for all that begin with it, not "a"; "*" for all
 */
public record StreamNames(String pattern) {
    public static final String ALL = "*";

    public boolean all() {
        return pattern.equals(ALL);
    }

    /** One name alone is meant. */
    public boolean single() {
        return !all() && !pattern.endsWith("+");
    }

    public boolean covers(String name) {
        return all() || (single() ? name.equals(pattern) : name.length() > pattern.length() && name.startsWith(pattern));
    }
}
