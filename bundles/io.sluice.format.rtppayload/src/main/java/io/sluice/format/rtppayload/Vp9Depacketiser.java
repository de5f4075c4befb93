package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Track;
import io.sluice.format.codec.Vp9KeyFrame;
import io.sluice.format.rtp.RtpException;
import java.util.ArrayList;
import java.util.List;

/** VP9, RFC 9628. The frames of several spatial layers become one superframe (VP9 Bitstream and Decoding Process annex B). */
final class Vp9Depacketiser implements PictureDepacketiser.Format {
    private static final int MAX_LAYERS = 8;

    private final int trackId;
    private final UnitSink sink;
    private final UnitAssembly unit;
    /** Bytes of each layer's frame that is complete. */
    private final List<Integer> frames = new ArrayList<>(MAX_LAYERS);
    private int frameAt;
    private boolean frameOpen;
    private Track track;

    Vp9Depacketiser(int trackId, UnitAssembly unit, UnitSink sink) {
        this.trackId = trackId;
        this.sink = sink;
        this.unit = unit;
    }

    @Override
    public void begin(boolean afterGap) {
        frames.clear();
        frameAt = 0;
        frameOpen = false;
    }

    @Override
    public void read(ByteBuf in) {
        Vp9Descriptor descriptor = Vp9Descriptor.parse(in);
        int length = in.readableBytes() - descriptor.bytes();
        if (length < 1) {
            throw new RtpException("RTP payload of VP9: wanted bytes of a frame behind its descriptor, found none");
        }
        if (descriptor.begin() == frameOpen) {
            unit.damage();
        }
        frameOpen = true;
        ByteBuf bytes = unit.room(length).writeBytes(in, in.readerIndex() + descriptor.bytes(), length);
        if (descriptor.end()) {
            frameOpen = false;
            frames.add(bytes.writerIndex() - frameAt);
            frameAt = bytes.writerIndex();
        }
    }

    @Override
    public void finish() {
        if (unit.damaged() || frameOpen || frames.isEmpty() || frames.size() > MAX_LAYERS) {
            unit.lose();
            return;
        }
        Vp9KeyFrame key = Vp9KeyFrame.parse(unit.bytes());
        Track now = key == null ? track : key.track(trackId);
        if (now != null && !now.equals(track)) {
            track = now;
            sink.track(now);
        }
        if (track == null) {
            unit.lose();
        } else {
            index();
            unit.whole(key != null);
        }
    }

    /** A marker, the sizes in four bytes each, the marker again. */
    private void index() {
        if (frames.size() > 1) {
            int marker = 0xc0 | 3 << 3 | frames.size() - 1;
            ByteBuf bytes = unit.room(2 + 4 * frames.size()).writeByte(marker);
            frames.forEach(bytes::writeIntLE);
            bytes.writeByte(marker);
        }
    }
}
