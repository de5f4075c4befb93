package io.sluice.process.opus.internal;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;

/** Encodes samples at 48 kHz to packets of 20 ms. */
final class OpusPackets {
    static final int RATE = 48_000;
    static final int SAMPLES = 960;
    /** RFC 6716 section 3.4: a frame's limit. */
    private static final int MAX_BYTES = 1275;
    private static final int PRE_SKIP = 312;

    private final OpusEncoder encoder;
    private final int channels;
    private final short[] pcm;
    private final byte[] packet = new byte[MAX_BYTES];
    private int filled;

    OpusPackets(int channels, OpusSettings settings) {
        this.channels = channels;
        this.pcm = new short[SAMPLES * channels];
        try {
            encoder = new OpusEncoder(RATE, channels, OpusApplication.OPUS_APPLICATION_AUDIO);
            encoder.setBitrate(settings.bitsPerSecond() * channels / 2);
            encoder.setComplexity(settings.complexity());
        } catch (OpusException e) {
            throw new IllegalArgumentException("Opus cannot be made: " + e.getMessage(), e);
        }
    }

    /** OpusHead without its first eight bytes, RFC 7845 section 5.1. */
    static byte[] head(int channels) {
        return new byte[] {1, (byte) channels, (byte) PRE_SKIP, (byte) (PRE_SKIP >> 8), (byte) RATE, (byte) (RATE >> 8), 0, 0, 0, 0, 0};
    }

    /** Samples that sound comes later out of a decoder than it went in here. */
    int delay() {
        return encoder.getLookahead();
    }

    /** Takes each packet; the array is used again. */
    @FunctionalInterface
    interface Sink {
        void packet(byte[] bytes, int length);
    }

    /** @param samples by channel, all of the same length */
    void add(float[][] samples, Sink sink) {
        for (int i = 0; i < samples[0].length; i++) {
            for (int c = 0; c < channels; c++) {
                pcm[filled * channels + c] = (short) Math.round(Math.max(-1, Math.min(1, samples[c][i])) * Short.MAX_VALUE);
            }
            if (++filled == SAMPLES) {
                filled = 0;
                sink.packet(packet, encode());
            }
        }
    }

    private int encode() {
        try {
            return encoder.encode(pcm, 0, SAMPLES, packet, 0, packet.length);
        } catch (OpusException e) {
            throw new IllegalStateException("Opus refused its samples", e);
        }
    }

    /** Samples that wait for a packet to be full. */
    int waiting() {
        return filled;
    }

    void clear() {
        filled = 0;
    }
}
