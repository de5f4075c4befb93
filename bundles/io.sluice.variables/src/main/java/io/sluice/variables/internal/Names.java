package io.sluice.variables.internal;

import io.sluice.variables.internal.expand.BuiltIns;

/** Which names a variable can have. */
final class Names {
    /** Long enough for a path of words, short enough for a table's column and a file's name. */
    static final int MOST = 64;

    private Names() {
    }

    /** @throws IllegalArgumentException that says what is wrong, with at most the first 64 characters of the name */
    static String check(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the variable has no name");
        }
        if (name.length() > MOST) {
            throw new IllegalArgumentException("a name has at most " + MOST + " characters; '" + shown(name) + "' has " + name.length());
        }
        for (int i = 0; i < name.length(); i++) {
            if (!BuiltIns.nameCharacter(name.charAt(i))) {
                throw new IllegalArgumentException("a name is made of letters (a-z, A-Z), digits, underscores, dots and hyphens; '" + name + "' is not");
            }
        }
        if (BuiltIns.known(name)) {
            throw new IllegalArgumentException("'" + name + "' is built in and cannot be a variable of your own");
        }
        return name;
    }

    /** At most 64 characters of what somebody wrote. */
    static String shown(String name) {
        return name.length() <= MOST ? name : name.substring(0, MOST) + "…";
    }
}
