package io.sluice.session.jwt.internal;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.sluice.api.stream.Denied;
import java.io.IOException;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a token counts: its form, its algorithm, its signature, its times, who made it and for whom, in this order (RFC 7519, section 7.2; RFC 8725). Each refusal says which
 * of these it was, and nothing of the token's content that its bearer does not know.
 *
 * @param algorithms     that may sign; "none" is never among them
 * @param keys           to check signatures with
 * @param issuers        one of which it must name, or empty
 * @param audiences      one of which it must be meant for, or empty
 * @param expiryRequired refuses a token that never ends
 * @param leewaySeconds  by which clocks may differ
 */
record TokenCheck(Set<JWSAlgorithm> algorithms, Keys keys, Set<String> issuers, Set<String> audiences, boolean expiryRequired, long leewaySeconds, InstantSource clock) {
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9-]{1,16}");

    Claims check(GivenToken given) {
        SignedJWT token = signed(given);
        JWSHeader header = token.getHeader();
        if (!algorithms.contains(header.getAlgorithm())) {
            String name = header.getAlgorithm().getName();
            throw refused("is signed by the algorithm " + (PLAIN_NAME.matcher(name).matches() ? name : "of an odd name") + ", which is not allowed");
        }
        // extensions that must be understood: we know none (RFC 7515, section 4.1.11)
        if (header.getCriticalParams() != null && !header.getCriticalParams().isEmpty()) {
            throw refused("demands an extension that this server does not know");
        }
        if (!Signatures.good(token, keysFor(header))) {
            throw refused("was not signed by a key that this server trusts");
        }
        JWTClaimsSet claims = claims(token);
        times(claims);
        origin(claims);
        return Claims.of(claims);
    }

    private static SignedJWT signed(GivenToken given) {
        JWT token;
        try {
            token = JWTParser.parse(given.text());
        } catch (ParseException | RuntimeException e) {
            throw refused("is not a JSON Web Token");
        }
        if (token instanceof PlainJWT) {
            throw refused("is not signed (alg none)");
        }
        if (token instanceof EncryptedJWT) {
            throw refused("is encrypted; a signed one was wanted");
        }
        return (SignedJWT) token;
    }

    private KeySet keysFor(JWSHeader header) {
        try {
            return keys.keys(header.getKeyID() == null ? "" : header.getKeyID());
        } catch (IOException e) {
            throw new Denied(Denied.Reason.TOKEN, "the token cannot be checked: " + e.getMessage());
        }
    }

    private static JWTClaimsSet claims(SignedJWT token) {
        try {
            JWTClaimsSet claims = token.getJWTClaimsSet();
            if (claims != null) {
                return claims;
            }
        } catch (ParseException | RuntimeException e) {
            // said below
        }
        throw refused("has claims that cannot be read");
    }

    private void times(JWTClaimsSet claims) {
        long now = clock.millis();
        long leeway = leewaySeconds * 1000;
        Date expires = claims.getExpirationTime();
        if (expires == null && expiryRequired) {
            throw refused("has no end (claim exp)");
        }
        if (expires != null && now - leeway >= expires.getTime()) {
            throw refused("ended at " + expires.toInstant());
        }
        Date begins = claims.getNotBeforeTime();
        if (begins != null && now + leeway < begins.getTime()) {
            throw refused("begins at " + begins.toInstant());
        }
    }

    private void origin(JWTClaimsSet claims) {
        if (!issuers.isEmpty() && (claims.getIssuer() == null || !issuers.contains(claims.getIssuer()))) {
            throw refused("is not from an issuer that this server trusts (claim iss)");
        }
        List<String> audience = claims.getAudience();
        if (!audiences.isEmpty() && audience.stream().noneMatch(audiences::contains)) {
            throw refused("is not meant for this server (claim aud)");
        }
    }

    static Denied refused(String why) {
        return new Denied(Denied.Reason.TOKEN, "the token " + why);
    }
}
