package io.sluice.admin.console.internal;

import java.security.SecureRandom;
import java.util.Base64;

/** A secret that only who can read our pages knows: a form without it was not made by us. One for the life of the page's component. */
final class PageToken {
    static final String FIELD = "token";

    private final String value;

    PageToken() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        value = Base64.getUrlEncoder().encodeToString(random);
    }

    String field() {
        return "<input type=\"hidden\" name=\"" + FIELD + "\" value=\"" + value + "\">";
    }

    void require(String given) throws Refused {
        if (given == null || !PasswordHash.same(value, given)) {
            throw new Refused(403, "This form is from before a restart, or not from this page. Load the page again and repeat.");
        }
    }
}
