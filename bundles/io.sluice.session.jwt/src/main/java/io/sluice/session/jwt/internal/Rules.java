package io.sluice.session.jwt.internal;

import com.nimbusds.jose.JWSAlgorithm;
import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is configured, made ready. Immutable.
 *
 * @param kinds        that tokens are for
 * @param required     whether one without a token is refused
 * @param playClaim    that names what its bearer may watch, or ""
 * @param publishClaim that names what its bearer may publish, or ""
 * @param tokenClaim   that stands for the token
 * @param check        of tokens
 */
record Rules(Set<ConnectionKind> kinds, boolean required, String playClaim, String publishClaim, String tokenClaim, TokenCheck check) {
    private static final Logger LOG = LoggerFactory.getLogger(Rules.class);
    /** Never none (RFC 8725, section 3.2); ES256K and Ed448 are not among those that the JDK and our verifiers know. */
    private static final Set<JWSAlgorithm> KNOWN = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512,
        JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512, JWSAlgorithm.EdDSA, JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512);

    /** Whether this connection is asked for a token. What the server itself opens (a pulled source) is not. */
    boolean concern(ConnectionFacts facts) {
        return facts.connection() != 0 && kinds.contains(facts.kind());
    }

    String claimFor(ConnectionKind kind) {
        return kind == ConnectionKind.INPUT ? publishClaim : playClaim;
    }

    static Set<ConnectionKind> kinds(String[] names) {
        Set<ConnectionKind> kinds = new HashSet<>();
        for (String name : words(names)) {
            switch (name.toLowerCase(Locale.ROOT)) {
                case "viewer" -> kinds.add(ConnectionKind.VIEWER);
                case "input" -> kinds.add(ConnectionKind.INPUT);
                case "unclassified" -> kinds.add(ConnectionKind.UNCLASSIFIED);
                default -> LOG.error("io.sluice.session.jwt: kinds: viewer, input or unclassified was wanted, '{}' was found; it is ignored", name);
            }
        }
        return Set.copyOf(kinds);
    }

    /** An allowed EdDSA allows its newer name, too (RFC 9864). */
    static Set<JWSAlgorithm> algorithms(String[] names) {
        Set<JWSAlgorithm> allowed = new HashSet<>();
        for (String name : words(names)) {
            JWSAlgorithm algorithm = new JWSAlgorithm(name);
            if (KNOWN.contains(algorithm)) {
                allowed.add(algorithm);
            } else {
                LOG.error("io.sluice.session.jwt: algorithms: '{}' is none of {}; it is ignored", name, KNOWN.stream().map(JWSAlgorithm::getName).sorted().toList());
            }
        }
        if (allowed.contains(JWSAlgorithm.EdDSA)) {
            allowed.add(JWSAlgorithm.Ed25519);
        }
        return Set.copyOf(allowed);
    }

    static List<String> words(String[] values) {
        return values == null ? List.of() : Arrays.stream(values).map(String::strip).filter(v -> !v.isEmpty()).toList();
    }

    static Set<String> set(String[] values) {
        return words(values).stream().collect(Collectors.toUnmodifiableSet());
    }
}
