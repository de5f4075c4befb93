package io.sluice.admin.console.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The administrator's name and password as configured. Immutable; from any thread.
 *
 * @param user     of the administrator
 * @param password in clear, or "" when the hash counts
 * @param hash     or null when there is none
 */
record Credentials(String user, String password, PasswordHash hash) {
    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
    private static final String WHAT_TO_DO = "set SLUICE_ADMIN_PASSWORD, or empty passwordHash in conf/io.sluice.admin.console.cfg.json and start again: that makes a password and shows it";

    /** Says in the log when nobody will get in, and what to do. */
    static Credentials of(ConsoleConfig config) {
        String password = config.password() == null || unfilled(config.password()) ? "" : config.password();
        PasswordHash hash = password.isEmpty() ? hash(config.passwordHash()) : null;
        if (password.isEmpty() && hash == null) {
            LOG.warn("nobody can log in to the Web Console: there is neither a password nor a usable hash; {}", WHAT_TO_DO);
        }
        return new Credentials(config.user(), password, hash);
    }

    /** A reference that nobody has replaced is text that everybody can read in our sources, not a password. */
    private static boolean unfilled(String password) {
        boolean unfilled = password.startsWith("$[");
        if (unfilled) {
            LOG.error("the Web Console's password is a reference that was not replaced; it is ignored (is Felix's configadmin.plugin.interpolation running?)");
        }
        return unfilled;
    }

    private static PasswordHash hash(String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return PasswordHash.parse(text);
        } catch (IllegalArgumentException e) {
            LOG.error("the Web Console's passwordHash cannot be used: {}", e.getMessage());
            return null;
        }
    }

    /** Slow where there is a hash, and as slow for a wrong name as for a wrong password. */
    boolean match(String givenUser, String givenPassword) {
        boolean right = hash != null ? hash.matches(givenPassword) : !password.isEmpty() && PasswordHash.same(password, givenPassword);
        return PasswordHash.same(user, givenUser) && right;
    }

    /** Never prints a secret. */
    @Override
    public String toString() {
        return "user " + user;
    }
}
