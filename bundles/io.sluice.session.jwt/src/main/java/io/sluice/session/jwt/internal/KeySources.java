package io.sluice.session.jwt.internal;

import com.nimbusds.jose.jwk.OctetSequenceKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sources of keys that a configuration names. Nothing is read before it is needed. */
record KeySources(Path home, Executor workers, LongSupplier nanoTime) {
    private static final Logger LOG = LoggerFactory.getLogger(KeySources.class);
    /** RFC 7518, section 3.2: as long as the hash. */
    private static final int MIN_SECRET_BYTES = 32;

    Keys of(JwtConfig config) {
        List<Keys> sources = new ArrayList<>();
        if (!config.keyFile().isBlank()) {
            sources.add(new KeyFile(home.resolve(config.keyFile().strip()), bytes -> KeySet.parse(bytes, true), nanoTime));
        }
        if (!config.secretFile().isBlank()) {
            sources.add(new KeyFile(home.resolve(config.secretFile().strip()), KeySources::secret, nanoTime));
        }
        if (!config.keyUrl().isBlank()) {
            url(config, sources);
        }
        return new Sources(sources);
    }

    private void url(JwtConfig config, List<Keys> sources) {
        try {
            HttpFetch fetch = new HttpFetch(URI.create(config.keyUrl().strip()));
            sources.add(new KeyUrl(fetch.name(), fetch, Duration.ofSeconds(config.refreshSeconds()), workers, nanoTime));
        } catch (IllegalArgumentException e) {
            LOG.error("io.sluice.session.jwt: keyUrl: http://… or https://… was wanted; it is ignored");
        }
    }

    private static KeySet secret(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
            length--;
        }
        if (length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("a secret of at least " + MIN_SECRET_BYTES + " bytes was wanted, it has " + length);
        }
        return new KeySet(List.of(new OctetSequenceKey.Builder(Arrays.copyOf(bytes, length)).build()));
    }
}
