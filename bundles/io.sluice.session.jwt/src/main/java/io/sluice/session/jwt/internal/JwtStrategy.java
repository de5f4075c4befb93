package io.sluice.session.jwt.internal;

import io.sluice.api.net.Loops;
import io.sluice.api.net.Protocol;
import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.Identity;
import io.sluice.api.session.SessionStrategy;
import io.sluice.api.stream.Denied;
import io.sluice.format.session.SessionFields;
import io.sluice.format.session.SessionToken;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** A session is what a verified token says, beside the other fields. A token that does not count is refused with the reason; it is never known by its other fields instead. */
@Component(configurationPid = "io.sluice.session.jwt", property = Protocol.NAME + "=jwt")
@Designate(ocd = JwtConfig.class)
public final class JwtStrategy implements SessionStrategy {
    private static final int DIGEST_BYTES = 16;

    private final KeySources sources;
    private final InstantSource clock;
    private volatile Rules rules;

    @Activate
    public JwtStrategy(BundleContext context, @Reference Loops loops, JwtConfig config) {
        this(new KeySources(home(context), loops.workers(), System::nanoTime), InstantSource.system(), config);
    }

    JwtStrategy(KeySources sources, InstantSource clock, JwtConfig config) {
        this.sources = sources;
        this.clock = clock;
        modified(config);
    }

    private static Path home(BundleContext context) {
        String home = context.getProperty("sluice.home");
        return Path.of(home == null ? "." : home);
    }

    /** The service stays while its configuration changes, or every session would be regrouped twice. */
    @Modified
    void modified(JwtConfig config) {
        TokenCheck check = new TokenCheck(Rules.algorithms(config.algorithms()), sources.of(config), Rules.set(config.issuers()), Rules.set(config.audiences()),
            config.expiryRequired(), config.leewaySeconds(), clock);
        rules = new Rules(Rules.kinds(config.kinds()), config.required(), config.playClaim().strip(), config.publishClaim().strip(), config.tokenClaim().strip(), check);
    }

    /** A token that nobody could check is none. */
    @Override
    public boolean decides() {
        return true;
    }

    @Override
    public Identity identify(ConnectionFacts facts, List<String> fields) {
        Rules now = rules;
        GivenToken given = now.concern(facts) ? GivenToken.in(facts) : null;
        if (given != null) {
            return verified(now, facts, fields, given);
        }
        if (now.required() && now.concern(facts)) {
            throw new Denied(Denied.Reason.TOKEN, "a token is wanted: Authorization: Bearer …, or the query parameter jwt");
        }
        String token = SessionToken.substitute(facts);
        return Identity.of(SessionFields.of(fields).key(facts, token), token);
    }

    private static Identity verified(Rules rules, ConnectionFacts facts, List<String> fields, GivenToken given) {
        Claims claims = rules.check().check(given);
        String claim = rules.claimFor(facts.kind());
        if (!claim.isEmpty() && !claims.allows(claim, facts.stream())) {
            throw TokenCheck.refused("is not for this stream (claim " + claim + ")");
        }
        String subject = rules.tokenClaim().isEmpty() ? "" : claims.text(rules.tokenClaim());
        String token = subject.isEmpty() ? digest(given.text()) : subject;
        // who came with it in the URL cannot put it into a header: playlists hand it on
        Map<String, String> parameters = given.parameter().isEmpty() ? Map.of() : Map.of(given.parameter(), given.text());
        return new Identity(SessionFields.of(fields).key(facts, token, claims::text), token, parameters, List.of());
    }

    private static String digest(String token) {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(sha256, DIGEST_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
