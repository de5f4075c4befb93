package io.sluice.net.internal.dial;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Locale;

/** Why there is no connection, in words: exceptions of sockets and TLS come wrapped several times, and speak to programmers. */
public final class Failure {
    private Failure() {
    }

    /** What the kernel said to a connect. */
    public static String connecting(InetSocketAddress to, Throwable e) {
        String where = to.getAddress().getHostAddress() + ", port " + to.getPort();
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (e instanceof ConnectTimeoutException || text.contains("timed out")) {
            return "nobody answered at " + where;
        }
        if (e instanceof ConnectException && text.contains("refused")) {
            return "nobody listens at " + where + " (connection refused)";
        }
        return text.contains("unreachable") || text.contains("no route") ? "there is no way to " + where + " in this network" : "no connection to " + where + ": " + e.getMessage();
    }

    /** What came of the TLS handshake. */
    public static String securing(String host, Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof CertPathBuilderException || t instanceof CertPathValidatorException) {
                return "the certificate of " + host + " is not by a trusted authority; name a PEM file with it or its authority in 'trustFile' (" + DialerConfig.PID + "): " + t.getMessage();
            }
        }
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof CertificateException) {
                return "the certificate of " + host + " is not for this host, or not valid: " + t.getMessage();
            }
        }
        return e instanceof ClosedChannelException ? host + " ended the connection in the TLS handshake; does it speak TLS there?"
            : "the TLS handshake with " + host + " failed; does it speak TLS there? (" + e.getMessage() + ")";
    }
}
