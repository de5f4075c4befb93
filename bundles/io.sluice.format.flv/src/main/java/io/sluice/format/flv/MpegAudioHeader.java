package io.sluice.format.flv;

import io.netty.buffer.ByteBuf;

/**
 * Rate and channels of an MPEG audio frame, ISO/IEC 11172-3 section 2.4.1.3: the tag's own rate bits know no 48 kHz.
 *
 * <pre> |sync 11|version 2|layer 2|crc 1|bit rate 4|rate 2|padding 1|private 1|mode 2|… </pre>
 */
public record MpegAudioHeader(int sampleRate, int channels) {
    private static final int SYNC = 0xFFE00000;
    private static final int MONO = 3;
    private static final int[] RATES = {44100, 48000, 32000};

    /** @return null where the payload does not begin with such a frame; borrows it */
    public static MpegAudioHeader parse(ByteBuf payload) {
        if (payload.readableBytes() < 4) {
            return null;
        }
        int word = payload.getInt(payload.readerIndex());
        int version = word >> 19 & 3;
        int rate = word >> 10 & 3;
        if ((word & SYNC) != SYNC || version == 1 || rate == 3) {
            return null;
        }
        int halvings = version == 3 ? 0 : version == 2 ? 1 : 2;
        return new MpegAudioHeader(RATES[rate] >> halvings, (word >> 6 & 3) == MONO ? 1 : 2);
    }
}
