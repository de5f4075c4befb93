package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.format.codec.Av1Configuration;
import io.sluice.format.codec.TrackOf;
import io.sluice.format.rtp.RtpException;

/** AV1, RTP Payload Format for AV1 (AOM) section 4. Each OBU gets its size; delimiters are left out. A unit with a sequence header is taken as one that decoders can start with. */
final class Av1Depacketiser implements PictureDepacketiser.Format {
    private static final int SIZE_AND_EXTENSION = 6;

    private final int trackId;
    private final UnitSink sink;
    private final UnitAssembly unit;
    /** The OBU that goes on in the next packet. */
    private final ByteBuf part;
    private final int maxBytes;
    private Track track;
    private boolean key;

    Av1Depacketiser(int trackId, UnitAssembly unit, ByteBufAllocator allocator, int maxBytes, UnitSink sink) {
        this.trackId = trackId;
        this.sink = sink;
        this.maxBytes = maxBytes;
        this.unit = unit;
        this.part = allocator.buffer(0, maxBytes);
    }

    @Override
    public void begin(boolean afterGap) {
        part.clear();
        key = false;
        if (afterGap) {
            // nothing says whether this packet is the unit's first
            unit.damage();
        }
    }

    @Override
    public void read(ByteBuf in) {
        int header = in.getUnsignedByte(in.readerIndex());
        boolean continues = (header & 0x80) != 0;
        boolean goesOn = (header & 0x40) != 0;
        int count = header >> 4 & 3;
        if (continues != part.isReadable()) {
            unit.damage();
        }
        int at = in.readerIndex() + 1;
        int end = in.writerIndex();
        for (int i = 1; at < end; i++) {
            int length = end - at;
            if (count == 0 || i < count) {
                long size = Obu.leb128(in, at, end);
                at += (int) (size >>> 32);
                length = (int) size;
            }
            if (length < 0 || length > end - at) {
                throw new RtpException("RTP payload of AV1: wanted elements within " + (end - at) + " bytes, found one of " + (length & 0xffffffffL));
            }
            element(in, at, length, continues && i == 1, goesOn && at + length == end);
            at += length;
        }
    }

    private void element(ByteBuf in, int at, int length, boolean continues, boolean goesOn) {
        if (!continues) {
            part.clear();
        }
        if (length > maxBytes - part.writerIndex()) {
            throw new RtpException("RTP payload of AV1: wanted OBUs of at most " + maxBytes + " bytes, found more");
        }
        if (!continues && !goesOn) {
            obu(in, at, length);
            return;
        }
        part.writeBytes(in, at, length);
        if (!goesOn) {
            obu(part, 0, part.writerIndex());
            part.clear();
        }
    }

    private void obu(ByteBuf in, int at, int length) {
        if (length == 0 || unit.damaged()) {
            return;
        }
        Obu obu = Obu.parse(in, at, at + length);
        if (obu.type() == Obu.TEMPORAL_DELIMITER || obu.type() == Obu.PADDING) {
            return;
        }
        obu.writeWithSize(unit.room(SIZE_AND_EXTENSION + obu.bareBytes()));
        if (obu.type() == Obu.SEQUENCE_HEADER) {
            key = true;
            sequence(obu);
        }
    }

    private void sequence(Obu obu) {
        ByteBuf bytes = part.alloc().heapBuffer(SIZE_AND_EXTENSION + obu.bareBytes());
        try {
            obu.writeWithSize(bytes);
            byte[] copy = new byte[bytes.readableBytes()];
            bytes.readBytes(copy);
            Track now = TrackOf.av1(trackId, Av1Configuration.record(copy));
            if (!now.equals(track)) {
                track = now;
                sink.track(now);
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void finish() {
        if (unit.damaged() || part.isReadable() || track == null) {
            unit.lose();
        } else if (unit.bytes().isReadable()) {
            unit.whole(key);
        } else {
            unit.discard();
        }
    }

    @Override
    public void close() {
        part.release();
    }
}
