package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.format.rtp.RtpException;

/** VP8, RFC 7741. The picture's size, which makes the track, is that of key frames (RFC 6386 section 9.1). */
final class Vp8Depacketiser implements PictureDepacketiser.Format {
    private static final int KEY_HEADER = 10;
    private static final int START_CODE = 0x9d012a;

    private final int trackId;
    private final UnitSink sink;
    private final UnitAssembly unit;
    private Track track;
    private boolean begins;

    Vp8Depacketiser(int trackId, UnitAssembly unit, UnitSink sink) {
        this.trackId = trackId;
        this.sink = sink;
        this.unit = unit;
    }

    @Override
    public void begin(boolean afterGap) {
        begins = true;
    }

    @Override
    public void read(ByteBuf in) {
        int at = descriptorEnd(in);
        int first = in.getUnsignedByte(in.readerIndex());
        boolean start = (first & 0x10) != 0 && (first & 0x07) == 0;
        if (begins != start) {
            unit.damage();
        }
        begins = false;
        int length = in.writerIndex() - at;
        if (length < 1) {
            throw new RtpException("RTP payload of VP8: wanted bytes of a frame behind its descriptor, found none");
        }
        unit.room(length).writeBytes(in, at, length);
    }

    /** X: I, L, T, K say which further bytes follow; a picture id has one byte or two. */
    private static int descriptorEnd(ByteBuf in) {
        int at = in.readerIndex();
        int end = in.writerIndex();
        boolean extended = (in.getUnsignedByte(at++) & 0x80) != 0;
        if (extended && at < end) {
            int flags = in.getUnsignedByte(at++);
            if ((flags & 0x80) != 0 && at < end) {
                at += (in.getUnsignedByte(at) & 0x80) != 0 ? 2 : 1;
            }
            at += (flags & 0x40) != 0 ? 1 : 0;
            at += (flags & 0x30) != 0 ? 1 : 0;
        }
        if (at > end || extended && end - in.readerIndex() < 2) {
            throw new RtpException("RTP payload of VP8: wanted a descriptor of " + (at - in.readerIndex()) + " bytes, found " + (end - in.readerIndex()));
        }
        return at;
    }

    @Override
    public void finish() {
        ByteBuf bytes = unit.bytes();
        if (unit.damaged() || !bytes.isReadable()) {
            unit.lose();
            return;
        }
        boolean key = (bytes.getByte(0) & 1) == 0;
        if (key) {
            size(bytes);
        }
        if (track == null) {
            unit.lose();
        } else {
            unit.whole(key);
        }
    }

    private void size(ByteBuf bytes) {
        if (bytes.readableBytes() >= KEY_HEADER && bytes.getUnsignedMedium(3) == START_CODE) {
            Track now = Track.video(trackId, Codec.VP8, new byte[0], bytes.getUnsignedShortLE(6) & 0x3fff, bytes.getUnsignedShortLE(8) & 0x3fff);
            if (!now.equals(track)) {
                track = now;
                sink.track(now);
            }
        }
    }
}
