package io.sluice.format.session;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import java.util.List;

/** The token that names a visitor: MistServer's names for it in the URL, and what stands for it where none came. */
public final class SessionToken {
    /** Query parameters that carry a token; the first that is there counts. */
    public static final List<String> PARAMETERS = List.of("tkn", "sid", "sessId");

    private SessionToken() {
    }

    /** The token in the URL, or "". */
    public static String ofUrl(ConnectionFacts facts) {
        for (String name : PARAMETERS) {
            String token = facts.parameters().getOrDefault(name, "");
            if (!token.isEmpty()) {
                return token;
            }
        }
        return "";
    }

    /** What stands for a token where none came: nothing for viewers over HTTP, whose connections are many; the connection's number for all others. */
    public static String substitute(ConnectionFacts facts) {
        return overHttp(facts) ? "" : Long.toString(facts.connection());
    }

    /** One visitor may use many connections, and one connection may be used by many visitors. */
    public static boolean overHttp(ConnectionFacts facts) {
        boolean asks = facts.kind() == ConnectionKind.VIEWER || facts.kind() == ConnectionKind.UNCLASSIFIED;
        return asks && (facts.url().startsWith("/") || facts.url().regionMatches(true, 0, "http", 0, 4));
    }
}
