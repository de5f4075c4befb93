package io.sluice.target.rtmp.internal;

import io.sluice.api.media.Tracks;
import io.sluice.api.push.PushAddress;
import io.sluice.api.push.PushRequest;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.variable.Expansion;
import io.sluice.format.delivery.ClipReader;
import io.sluice.format.delivery.Told;
import io.sluice.net.internal.RealDialer;
import java.util.Map;

/** Pushes of clips with the real network. */
final class Pushing implements AutoCloseable {
    final RealDialer net;

    Pushing() {
        this("");
    }

    /** @param trustFile of a certificate that is believed */
    Pushing(String trustFile) {
        net = new RealDialer(trustFile);
    }

    PushRequest request(String target, Map<String, String> parameters, ClipReader reader, Tracks tracks, Told told) {
        PushAddress address = new PushAddress(target.substring(0, target.indexOf(':')), target, parameters);
        StreamInfo info = new StreamInfo("clip", StreamInfo.State.LIVE, tracks, "", "", 0, 0, 0, 0, 0, 0, 0, 0, false, "", "");
        return new PushRequest("1", address, reader, net.loop(), Runnable::run, told, (part, context) -> new Expansion(part.replace("$name", "clip"), ""), () -> info);
    }

    AutoCloseable start(String target, Map<String, String> parameters, ClipReader reader, Tracks tracks, Told told) {
        return new RtmpTarget(net.dialer()).open(request(target, parameters, reader, tracks, told));
    }

    @Override
    public void close() {
        net.close();
    }
}
