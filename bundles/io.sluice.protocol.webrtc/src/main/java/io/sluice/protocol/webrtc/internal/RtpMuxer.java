package io.sluice.protocol.webrtc.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.stream.Muxer;
import io.sluice.format.rtp.RtpClock;
import io.sluice.format.rtppayload.Packetiser;
import io.sluice.format.rtppayload.PayloadFormats;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cuts frames into payloads; each frame becomes one {@link Cut}. */
final class RtpMuxer implements Muxer {
    private static final Logger LOG = LoggerFactory.getLogger(RtpMuxer.class);

    private final Map<Integer, Packetiser> packetisers = new HashMap<>();
    private Tracks tracks;
    private boolean complained;

    @Override
    public ByteBuf mux(Frame frame) {
        if (frame.tracks() != tracks) {
            tracks = frame.tracks();
            packetisers.clear();
        }
        Track track = frame.track();
        if (!PayloadFormats.knows(track.codec())) {
            return Unpooled.EMPTY_BUFFER;
        }
        int bytes = frame.payload().readableBytes();
        ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(Cut.HEADER + bytes + bytes / 64 + 512);
        try {
            Cut.begin(out, track.id(), frame.key(), RtpClock.ticks(frame.ptsNanos(), PayloadFormats.clock(track.codec())), frame.ptsNanos());
            packetisers.computeIfAbsent(track.id(), id -> PayloadFormats.packetiser(track, Packetiser.DEFAULT_BYTES))
                .packetise(frame.payload().slice(), frame.key(), (length, marker, ticks) -> Cut.payload(out, length, marker, ticks));
            return out;
        } catch (RuntimeException e) {
            out.release();
            if (!complained) {
                complained = true;
                LOG.warn("a frame of {} cannot be cut into packets, it is left out: {}", track, e.toString());
            }
            return Unpooled.EMPTY_BUFFER;
        }
    }

    /** Parameter sets go before each key frame. */
    @Override
    public ByteBuf header(Tracks of, long startDtsNanos) {
        return Unpooled.EMPTY_BUFFER;
    }
}
