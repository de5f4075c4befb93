package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Codec;

/** What differs between the payload formats of H.264 (RFC 6184) and H.265 (RFC 7798): the headers. */
enum NalFormat {
    /** One byte: F, NRI (2), type (5). STAP-A is 24, FU-A is 28. */
    AVC(Codec.H264, 1, 24, 28) {
        @Override
        int type(int header) {
            return header & 0x1f;
        }

        @Override
        int headerOfType(int header, int type) {
            return header & 0xe0 | type;
        }

        /** The highest importance of all, and F where one has it. */
        @Override
        int merge(int a, int b) {
            return a & 0x80 | b & 0x80 | Math.max(a & 0x60, b & 0x60);
        }

        @Override
        boolean picture(int type) {
            return type >= 1 && type <= 5;
        }

        @Override
        boolean key(int type) {
            return type == 5;
        }

        /** Delimiters and filling. */
        @Override
        boolean dropped(int type) {
            return type == 9 || type == 12;
        }
    },
    /** Two bytes: F, type (6), layer (6), temporal id (3). Aggregation is 48, fragmentation is 49. */
    HEVC(Codec.H265, 2, 48, 49) {
        @Override
        int type(int header) {
            return header >> 9 & 0x3f;
        }

        @Override
        int headerOfType(int header, int type) {
            return header & 0x81ff | type << 9;
        }

        /** The lowest layer and temporal id of all. */
        @Override
        int merge(int a, int b) {
            return a & 0x8000 | b & 0x8000 | Math.min(a & 0x1f8, b & 0x1f8) | Math.min(a & 7, b & 7);
        }

        @Override
        boolean picture(int type) {
            return type < 32;
        }

        @Override
        boolean key(int type) {
            return type >= 16 && type <= 21;
        }

        @Override
        boolean dropped(int type) {
            return type == 35 || type == 38;
        }
    };

    final Codec codec;
    final int headerBytes;
    final int aggregation;
    final int fragment;

    NalFormat(Codec codec, int headerBytes, int aggregation, int fragment) {
        this.codec = codec;
        this.headerBytes = headerBytes;
        this.aggregation = aggregation;
        this.fragment = fragment;
    }

    static NalFormat of(Codec codec) {
        return switch (codec) {
            case H264 -> AVC;
            case H265 -> HEVC;
            default -> throw new IllegalArgumentException("NAL units: wanted H.264 or H.265, found " + codec.label());
        };
    }

    abstract int type(int header);

    abstract int headerOfType(int header, int type);

    abstract int merge(int a, int b);

    /** A slice of a picture. */
    abstract boolean picture(int type);

    abstract boolean key(int type);

    /** What nobody needs in RTP. */
    abstract boolean dropped(int type);

    int header(ByteBuf in, int at) {
        return headerBytes == 1 ? in.getUnsignedByte(at) : in.getUnsignedShort(at);
    }

    void writeHeader(ByteBuf out, int header) {
        if (headerBytes == 1) {
            out.writeByte(header);
        } else {
            out.writeShort(header);
        }
    }
}
