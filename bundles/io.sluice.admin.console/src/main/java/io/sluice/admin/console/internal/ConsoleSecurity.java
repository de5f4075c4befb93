package io.sluice.admin.console.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock of the Web Console: Basic log-in (RFC 7617) of one administrator. Stays registered when its configuration changes, so the console does not
 * go away meanwhile; registered here and not by Declarative Services, which would show the password's hash among the service's properties and change them
 * with every save, at which the console takes itself away for a moment. Called on the admin plane's threads, which may wait.
 */
@Component(service = {}, configurationPid = ConsoleSecurity.PID, immediate = true)
@Designate(ocd = ConsoleConfig.class)
public final class ConsoleSecurity implements SecurityProvider {
    static final String PID = "io.sluice.admin.console";
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleSecurity.class);
    private static final int TOO_MANY_REQUESTS = 429;
    /** Header, Base64 included; longer than any password that a person or a generator makes, and cheap to hash. */
    private static final int MAX_HEADER_CHARS = 2048;
    /** Slow hashes at once: the media plane keeps the other processors, and strangers cannot occupy the console's threads. */
    private static final int MAX_COMPARISONS = 1;
    /** A page asks for a dozen files at once; the first comparison answers for all of them. */
    private static final int MAX_TURN_SECONDS = 3;

    private final Verified verified = new Verified();
    private final Semaphore comparisons = new Semaphore(MAX_COMPARISONS);
    private final Throttle throttle;
    private volatile Credentials credentials;

    private record Login(String user, String password) {
    }

    @Activate
    public ConsoleSecurity(ConsoleConfig config) {
        this(config, System::nanoTime);
    }

    ConsoleSecurity(ConsoleConfig config, LongSupplier nanoTime) {
        credentials = Credentials.of(config);
        throttle = new Throttle(nanoTime);
    }

    /** The framework takes it back when the bundle stops. */
    @Activate
    void register(BundleContext context) {
        context.registerService(SecurityProvider.class, this, FrameworkUtil.asDictionary(Map.of(SecurityProvider.PROPERTY_ID, PID)));
    }

    @Modified
    void modified(ConsoleConfig config) {
        credentials = Credentials.of(config);
        verified.forget();
    }

    @Override
    public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        String address = request.getRemoteAddr();
        int wait = throttle.waitSeconds(address);
        if (wait > 0) {
            return later(response, wait, "Too many wrong passwords");
        }
        Login login = login(request.getHeader("Authorization"));
        if (login == null) {
            return challenge(response);
        }
        if (!SameOrigin.allows(request)) {
            LOG.warn("{}: refused {} {}, which a page of another server has sent", address, request.getMethod(), request.getRequestURI());
            return answer(response, HttpServletResponse.SC_FORBIDDEN, "Refused: this request comes from a page of another server.");
        }
        return verified.knows(login.user(), login.password()) ? login.user() : compared(login, address, response);
    }

    private Object compared(Login login, String address, HttpServletResponse response) {
        if (!turn()) {
            return later(response, 1, "Too many people are logging in");
        }
        try {
            // whoever was first may have had the same password
            if (verified.knows(login.user(), login.password())) {
                return login.user();
            }
            Credentials current = credentials;
            if (current.match(login.user(), login.password())) {
                throttle.succeeded(address);
                verified.remember(login.user(), login.password());
                // a change of the configuration meanwhile has the last word
                if (current != credentials) {
                    verified.forget();
                }
                LOG.info("{}: {} logged in to the Web Console", address, current.user());
                return login.user();
            }
        } finally {
            comparisons.release();
        }
        LOG.warn("{}: wrong name or password for the Web Console, {} in a row", address, throttle.failed(address));
        return challenge(response);
    }

    private boolean turn() {
        try {
            return comparisons.tryAcquire(MAX_TURN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What the header says, or null when it is none of ours. */
    private static Login login(String header) {
        if (header == null || header.length() > MAX_HEADER_CHARS || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return null;
        }
        try {
            String text = new String(Base64.getDecoder().decode(header.substring(6).trim()), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0 ? null : new Login(text.substring(0, colon), text.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Object challenge(HttpServletResponse response) {
        response.setHeader("WWW-Authenticate", "Basic realm=\"Sluice\", charset=\"UTF-8\"");
        return answer(response, HttpServletResponse.SC_UNAUTHORIZED, "Log in as the administrator.");
    }

    private static Object later(HttpServletResponse response, int seconds, String why) {
        response.setHeader("Retry-After", Integer.toString(seconds));
        return answer(response, TOO_MANY_REQUESTS, why + ": try again in " + seconds + " s.");
    }

    private static Object answer(HttpServletResponse response, int status, String text) {
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        try {
            response.getWriter().println(text);
            response.flushBuffer();
        } catch (IOException e) {
            LOG.debug("the peer left before it was answered", e);
        }
        return null;
    }

    /** There is one role: the administrator's. */
    @Override
    public boolean authorize(Object user, String role) {
        return credentials.user().equals(user);
    }

    /** Nothing of a log-in is kept at the browser but what it remembers itself; the next request is compared anew. */
    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        verified.forget();
    }
}
