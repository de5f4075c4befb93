package io.sluice.source.file.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.source.SourceRequest;
import io.sluice.api.source.StreamSource;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Streams from files that ship in bundles: {@code bundle:io.sluice.demo/demo.mp4?loop=true}. */
@Component(property = Protocol.NAME + "=bundle")
public final class BundleSource implements StreamSource {
    private final BundleContext context;

    @Activate
    public BundleSource(BundleContext context) {
        this.context = context;
    }

    @Override
    public AutoCloseable pull(SourceRequest request) {
        SourceUri uri = SourceUri.parse(request.uri());
        BundleResource resource = BundleResource.parse(uri.path());
        Playback playback = new Playback(request, uri, () -> resource.open(context), System::nanoTime);
        playback.start();
        return playback;
    }
}
