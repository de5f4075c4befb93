package io.sluice.protocol.hls.internal;

import io.sluice.api.net.HttpExchange;
import io.sluice.api.net.HttpRoute;
import io.sluice.api.net.Protocol;
import io.sluice.api.stream.Streams;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Serves playlists and segments: {@code /hls/STREAM/index.m3u8}, {@code /hls/STREAM/0/index.m3u8}, {@code /hls/STREAM/0/17-2s.ts}. */
@Component(configurationPid = HlsConfig.PID, property = {Protocol.NAME + "=hls", HttpRoute.PATHS + "=/hls/**"})
@Designate(ocd = HlsConfig.class)
public final class HlsRoute implements HttpRoute {
    private final Streams streams;
    private final MadePlaylists playlists = new MadePlaylists();
    private volatile HlsConfig config;

    @Activate
    public HlsRoute(@Reference Streams streams, HlsConfig config) {
        this.streams = streams;
        this.config = config;
    }

    /** Requests from now on follow it; the service stays. */
    @Modified
    void configure(HlsConfig changed) {
        config = changed;
    }

    @Override
    public void serve(HttpExchange exchange) {
        HlsPath path = HlsPath.parse(exchange.path());
        HlsAnswer answer = new HlsAnswer(exchange);
        if (path == null) {
            answer.sentence(404, "wanted /hls/STREAM/index.m3u8 or an address from that playlist, found " + exchange.path());
        } else if (!exchange.method().equals("GET")) {
            answer.sentence(405, "wanted GET or HEAD, found " + exchange.method());
        } else {
            new HlsRequest(exchange, answer, path, streams, config, playlists).start();
        }
    }
}
