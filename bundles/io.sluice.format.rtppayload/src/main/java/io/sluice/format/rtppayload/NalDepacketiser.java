package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Track;
import io.sluice.format.codec.ParameterSets;
import io.sluice.format.rtp.RtpException;
import java.util.List;

/**
 * H.264 (RFC 6184 without interleaving) and H.265 (RFC 7798 without DONL). Parameter sets go into the track and not into units. What follows a gap is
 * whole only if it begins with a picture's first slice.
 */
final class NalDepacketiser implements PictureDepacketiser.Format {
    private static final int NONE = -1;
    private static final int LENGTH = 4;

    private final NalFormat format;
    private final int trackId;
    private final UnitAssembly unit;
    private final UnitSink sink;
    private final ParameterSets sets;
    private Track track;
    private boolean changed;
    /** Where the length of the unit that is in fragments is to stand. */
    private int fragmentAt = NONE;
    /** Nothing says that the open unit's beginning came. */
    private boolean unsure;
    private boolean hasPicture;
    private boolean key;

    /** @param known parameter sets that signalling brought, each with its header */
    NalDepacketiser(NalFormat format, int trackId, UnitAssembly unit, UnitSink sink, List<byte[]> known) {
        this.format = format;
        this.trackId = trackId;
        this.unit = unit;
        this.sink = sink;
        this.sets = new ParameterSets(format.codec);
        known.forEach(nal -> changed |= sets.add(nal));
    }

    @Override
    public void begin(boolean afterGap) {
        unsure = afterGap;
        fragmentAt = NONE;
        hasPicture = false;
        key = false;
    }

    @Override
    public void read(ByteBuf in) {
        int at = in.readerIndex();
        int length = in.readableBytes();
        if (length <= format.headerBytes) {
            throw new RtpException("RTP payload of " + format.codec.label() + ": wanted more than a header of " + format.headerBytes + " bytes, found " + length);
        }
        int header = format.header(in, at);
        int type = format.type(header);
        if (type == format.fragment) {
            fragment(in, at + format.headerBytes, header);
        } else if (type == format.aggregation) {
            aggregation(in, at + format.headerBytes);
        } else if (type > format.fragment || type > format.aggregation && type < format.fragment) {
            throw new RtpException("RTP payload of " + format.codec.label() + ": wanted single units, aggregation or fragments, found type " + type);
        } else {
            whole(in, at, length);
        }
    }

    private void whole(ByteBuf in, int at, int length) {
        closeFragment();
        int start = unit.room(LENGTH + length).writerIndex();
        unit.bytes().writeInt(length).writeBytes(in, at, length);
        ended(start);
    }

    private void aggregation(ByteBuf in, int from) {
        int end = in.writerIndex();
        for (int at = from; at < end;) {
            int length = at + 2 <= end ? in.getUnsignedShort(at) : NONE;
            if (length <= format.headerBytes || length > end - at - 2) {
                throw new RtpException("RTP payload of " + format.codec.label() + ": wanted aggregated units within " + (end - at) + " bytes, found a length of " + length);
            }
            whole(in, at + 2, length);
            at += 2 + length;
        }
    }

    private void fragment(ByteBuf in, int at, int header) {
        int length = in.writerIndex() - at - 1;
        if (length < 1) {
            throw new RtpException("RTP payload of " + format.codec.label() + ": wanted a fragment with bytes, found none");
        }
        int flags = in.getUnsignedByte(at);
        if ((flags & 0x80) != 0) {
            closeFragment();
            fragmentAt = unit.room(LENGTH + format.headerBytes).writerIndex();
            unit.bytes().writeInt(0);
            format.writeHeader(unit.bytes(), format.headerOfType(header, flags & (format == NalFormat.AVC ? 0x1f : 0x3f)));
        } else if (fragmentAt == NONE) {
            unit.damage();
            return;
        }
        unit.room(length).writeBytes(in, at + 1, length);
        if ((flags & 0x40) != 0) {
            int start = fragmentAt;
            fragmentAt = NONE;
            ended(start);
        }
    }

    /** Something else came before the last fragment. */
    private void closeFragment() {
        if (fragmentAt != NONE) {
            unit.bytes().writerIndex(fragmentAt);
            fragmentAt = NONE;
            unit.damage();
        }
    }

    /** A NAL unit is there, from its length to the end of the bytes. */
    private void ended(int start) {
        ByteBuf bytes = unit.bytes();
        int at = start + LENGTH;
        int length = bytes.writerIndex() - at;
        int type = format.type(format.header(bytes, at));
        if (ParameterSets.isSet(format.codec, type)) {
            byte[] nal = new byte[length];
            bytes.getBytes(at, nal);
            bytes.writerIndex(start);
            changed |= sets.add(nal);
        } else if (format.dropped(type)) {
            bytes.writerIndex(start);
        } else {
            bytes.setInt(start, length);
            if (format.picture(type)) {
                picture(bytes, at, type);
            }
        }
    }

    /** The first bit of a slice says that it is a picture's first, in both codecs. */
    private void picture(ByteBuf bytes, int at, int type) {
        if (!hasPicture && unsure && (bytes.getByte(at + format.headerBytes) & 0x80) == 0) {
            unit.damage();
        }
        hasPicture = true;
        key |= format.key(type);
    }

    @Override
    public void finish() {
        closeFragment();
        if (unit.damaged()) {
            unit.lose();
        } else if (hasPicture && configured()) {
            unit.whole(key);
        } else if (hasPicture) {
            unit.lose();
        } else {
            unit.discard();
        }
    }

    private boolean configured() {
        if (changed) {
            changed = false;
            Track now = read();
            if (now != null && !now.equals(track)) {
                track = now;
                sink.track(now);
            }
        }
        return track != null;
    }

    /** A set that cannot be read leaves the track as it was. */
    private Track read() {
        try {
            return sets.track(trackId);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
