package io.sluice.format.http;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** What a failure of the library means to who reads it. */
final class Reasons {
    private Reasons() {
    }

    static boolean unreachable(Throwable e) {
        return e instanceof ConnectException || e instanceof ConnectTimeoutException || e instanceof NoRouteToHostException;
    }

    private static boolean unknown(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
                return true;
            }
        }
        return false;
    }

    /** The other side closed before it answered. */
    static boolean gone(Throwable e) {
        return !unreachable(e) && (e instanceof ConnectionClosedException || e instanceof NoHttpResponseException || e instanceof SocketException);
    }

    static String of(Throwable e) {
        if (e instanceof SSLException && unknown(e)) {
            return "the server's certificate is not from an authority that is trusted; a private one is named in 'trust'";
        }
        return e.getMessage() == null || e.getMessage().isBlank() ? "the request failed: " + e.getClass().getSimpleName() : e.getMessage();
    }
}
