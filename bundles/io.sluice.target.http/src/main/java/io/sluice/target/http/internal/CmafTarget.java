package io.sluice.target.http.internal;

import io.sluice.api.net.Dialer;
import io.sluice.api.net.Protocol;
import io.sluice.api.push.PushAddress;
import io.sluice.api.push.PushRequest;
import io.sluice.api.push.PushTarget;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Pushes CMAF to ingest servers: {@code cmaf://[user:password@]host/path}. */
@Component(property = {Protocol.NAME + "=cmaf", "sluice.parameters=method"})
public final class CmafTarget implements PushTarget {
    private final Dialer dialer;

    @Activate
    public CmafTarget(@Reference Dialer dialer) {
        this.dialer = dialer;
    }

    @Override
    public AutoCloseable open(PushRequest request) {
        return CmafPush.start(request, dialer);
    }

    @Override
    public String problem(PushAddress address) {
        return CmafPush.problem(address);
    }
}
