package io.sluice.session.cookie.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where tokens are read and written. */
@ObjectClassDefinition(name = "Session strategy: cookie", description = "Viewers are known by a token in the URL (tkn, sid, sessId) or in the cookie tkn; who has none gets one."
    + " In use when \"Session strategy\" names cookie.")
@interface CookieConfig {
    @AttributeDefinition(name = "Read from URL", description = "The query parameters tkn, sid and sessId, in this order; they win over the cookie. Default: true.")
    boolean readUrl() default true;

    @AttributeDefinition(name = "Read from cookie", description = "The cookie tkn. Default: true.")
    boolean readCookie() default true;

    @AttributeDefinition(name = "Write to URLs", description = "Addresses in playlists and pages carry tkn=…. Default: true.")
    boolean writeUrl() default true;

    @AttributeDefinition(name = "Write to cookie", description = "Answers over HTTP set the cookie tkn for ten minutes. Default: true.")
    boolean writeCookie() default true;

    @AttributeDefinition(name = "Offer again, seconds", min = "0", description = "Who comes again without a token within this time, and never sent the cookie that it was given, gets the same token again: a client"
        + " that keeps no cookies is one session. Known by stream, address and user agent. 0: each of its connections is a session. Default: 15.")
    int offerAgainSeconds() default 15;
}
