package io.sluice.target.http.internal;

import io.sluice.api.net.Dialer;
import io.sluice.api.net.Protocol;
import io.sluice.api.push.PushAddress;
import io.sluice.api.push.PushRequest;
import io.sluice.api.push.PushTarget;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Pushes to HTTP servers: {@code http://[user:password@]host/path/name.ts}. */
@Component(property = {Protocol.NAME + "=http", "sluice.parameters=method"})
public final class HttpTarget implements PushTarget {
    private final Dialer dialer;

    @Activate
    public HttpTarget(@Reference Dialer dialer) {
        this.dialer = dialer;
    }

    @Override
    public AutoCloseable open(PushRequest request) {
        return Upload.start(request, dialer);
    }

    @Override
    public String problem(PushAddress address) {
        return Upload.problem(address);
    }
}
