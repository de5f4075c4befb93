package io.sluice.session.cookie.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.Identity;
import io.sluice.api.session.SessionStrategy;
import io.sluice.format.session.Cookies;
import io.sluice.format.session.SessionFields;
import io.sluice.format.session.SessionToken;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** Viewers are known by a token that they bring in the URL or a cookie; who brings none is given one. */
@Component(configurationPid = "io.sluice.session.cookie", property = Protocol.NAME + "=cookie")
@Designate(ocd = CookieConfig.class)
public final class CookieStrategy implements SessionStrategy {
    /** Both the cookie's name and the parameter that is written. */
    private static final String NAME = "tkn";
    private static final long SECOND = 1_000_000_000L;
    /** A viewer fetches a playlist every few seconds, and each answer begins the ten minutes anew. */
    private static final int MAX_AGE_SECONDS = 600;

    private final Tokens tokens = new Tokens();
    private final Offers offers;
    private volatile Settings settings;

    private record Settings(boolean readUrl, boolean readCookie, boolean writeUrl, boolean writeCookie, long offerNanos) {
        boolean writes() {
            return writeUrl || writeCookie;
        }
    }

    @Activate
    public CookieStrategy(CookieConfig config) {
        this(config, System::nanoTime);
    }

    CookieStrategy(CookieConfig config, LongSupplier nanoTime) {
        offers = new Offers(nanoTime);
        modified(config);
    }

    /** The service stays while its configuration changes, or every session would be regrouped twice. */
    @Modified
    void modified(CookieConfig config) {
        settings = new Settings(config.readUrl(), config.readCookie(), config.writeUrl(), config.writeCookie(), config.offerAgainSeconds() * SECOND);
    }

    @Override
    public Identity identify(ConnectionFacts facts, List<String> fields) {
        Settings now = settings;
        String cookie = now.readCookie() ? Tokens.fromCookie(Cookies.value(facts, NAME)) : "";
        String url = now.readUrl() ? SessionToken.ofUrl(facts) : "";
        offers.kept(cookie);
        String brought = Tokens.checked(url.isEmpty() ? cookie : url);
        boolean overHttp = SessionToken.overHttp(facts);
        String token = !brought.isEmpty() ? brought : overHttp && now.writes() ? offers.offer(facts, now.offerNanos(), tokens::fresh) : SessionToken.substitute(facts);
        Map<String, String> parameters = overHttp && now.writeUrl() ? Map.of(NAME, token) : Map.of();
        List<String> cookies = overHttp && now.writeCookie() ? List.of(cookie(facts, token)) : List.of();
        return new Identity(SessionFields.of(fields).key(facts, token), token, parameters, cookies);
    }

    /** RFC 6265, section 4.1. Lax: a page elsewhere that embeds our player does not send it, and has the URL instead. */
    private static String cookie(ConnectionFacts facts, String token) {
        boolean tls = facts.url().regionMatches(true, 0, "https:", 0, 6);
        return NAME + "=" + Tokens.toCookie(token) + "; Max-Age=" + MAX_AGE_SECONDS + "; Path=/; HttpOnly; SameSite=Lax" + (tls ? "; Secure" : "");
    }
}
