package io.sluice.session.jwt.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Which tokens count, and for what. */
@ObjectClassDefinition(name = "Session strategy: jwt", description = "Who watches or publishes carries a signed JSON Web Token: Authorization: Bearer, or the query parameter jwt, token or tkn."
    + " In use when \"Session strategy\" names jwt.")
@interface JwtConfig {
    @AttributeDefinition(name = "Who needs one", description = "Kinds of connection that tokens are for: viewer, input (publishers; they need the publish key as well),"
        + " unclassified (pages and descriptions of streams). Others are known by their fields. Default: viewer.")
    String[] kinds() default "viewer";

    @AttributeDefinition(name = "Required", description = "Whether a connection without a token is refused; a token that is wrong always is. Default: true.")
    boolean required() default true;

    @AttributeDefinition(name = "Key file", required = false, description = "Public keys: a JWK set, a JWK, or PEM (public keys, certificates). A relative path begins at the server's home."
        + " Read again when it changes. Default: none.")
    String keyFile() default "";

    @AttributeDefinition(name = "Key URL", required = false, description = "http:// or https:// address of a JWK set. Any address that this server can reach is taken, private ones included."
        + " Default: none.")
    String keyUrl() default "";

    @AttributeDefinition(name = "Key URL: refresh, seconds", min = "10", description = "A key set older than this is fetched again; one that lacks the key of a token at once, but at most every"
        + " ten seconds. Default: 300.")
    int refreshSeconds() default 300;

    @AttributeDefinition(name = "Secret file", required = false, description = "A file whose bytes are the secret for HS256, HS384 or HS512, at least 32 (48, 64); a line end at its end does not"
        + " count. Default: none.")
    String secretFile() default "";

    @AttributeDefinition(name = "Algorithms", description = "That may sign a token, of RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA HS256 HS384 HS512."
        + " Default: all but those of HS, which a secret file needs.")
    String[] algorithms() default {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"};

    @AttributeDefinition(name = "Issuers", required = false, description = "Of which the claim iss must be one. Default: none, the claim does not matter.")
    String[] issuers() default {};

    @AttributeDefinition(name = "Audiences", required = false, description = "Of which the claim aud must name one. Default: none, the claim does not matter.")
    String[] audiences() default {};

    @AttributeDefinition(name = "Must end", description = "Whether a token without the claim exp is refused. Default: true.")
    boolean expiryRequired() default true;

    @AttributeDefinition(name = "Leeway, seconds", min = "0", description = "By which the clocks of who signs and of this server may differ. Default: 30.")
    int leewaySeconds() default 30;

    @AttributeDefinition(name = "Claim: may watch", required = false, description = "A claim with the streams that its bearer may watch: a name or a list of names; * in one stands for any characters."
        + " Empty: a good token opens every stream. Default: stream.")
    String playClaim() default "stream";

    @AttributeDefinition(name = "Claim: may publish", required = false, description = "The same for publishers. Empty: a good token may publish every stream. Default: publish.")
    String publishClaim() default "publish";

    @AttributeDefinition(name = "Claim: token", description = "The claim that stands for the field token and is shown on pages; where it is missing, a digest of the token. Default: sub.")
    String tokenClaim() default "sub";
}
