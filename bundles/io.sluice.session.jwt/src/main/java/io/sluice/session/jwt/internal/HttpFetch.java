package io.sluice.session.jwt.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** One GET, whole within a time and a size. Redirects are an error: the operator said where the keys are, and nobody else may say something else. */
record HttpFetch(URI uri) implements KeyUrl.Fetch {
    private static final int STEP_MILLIS = 2_000;
    private static final Duration WHOLE = Duration.ofSeconds(5);

    HttpFetch {
        if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("http://… or https://… was wanted");
        }
    }

    /** For the log: without user, password and query. */
    String name() {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getPath();
    }

    @Override
    public byte[] get() throws IOException {
        long end = System.nanoTime() + WHOLE.toNanos();
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        try {
            connection.setConnectTimeout(STEP_MILLIS);
            connection.setReadTimeout(STEP_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestProperty("Accept", "application/jwk-set+json, application/json");
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("200 was wanted, the answer was " + status);
            }
            try (InputStream in = connection.getInputStream()) {
                return read(in, end);
            }
        } finally {
            connection.disconnect();
        }
    }

    private static byte[] read(InputStream in, long end) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            all.write(buffer, 0, n);
            if (all.size() > KeyFile.MAX_BYTES) {
                throw new IOException("it has more than " + KeyFile.MAX_BYTES + " bytes");
            }
            if (System.nanoTime() - end > 0) {
                throw new IOException("it was not whole after " + WHOLE.toSeconds() + " s");
            }
        }
        return all.toByteArray();
    }
}
