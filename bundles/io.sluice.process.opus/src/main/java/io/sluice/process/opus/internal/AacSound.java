package io.sluice.process.opus.internal;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.sourceforge.jaad.aac.Decoder;
import net.sourceforge.jaad.mp4.MP4Exception;

/**
 * Decodes AAC to samples of one or two channels. The library throws at some legal frames: such a frame is heard as the one before at half its loudness, and then as silence, so that the clock
 * of samples goes on.
 */
final class AacSound {
    private static final int FULL_SCALE = 32768;
    private static final float CENTRE = 0.7071f;
    private static final float CONCEALED = 0.5f;

    /** It tells each frame that it cannot read, with a stack trace; we count them. Kept, as nobody else does. */
    private static final Logger LIBRARY = Logger.getLogger("jaad");

    private final byte[] configuration;
    private final int channels;
    private final int samplesPerFrame;
    private final int configuredRate;
    private Decoder decoder;
    private float[][] last;
    private int rate;
    private long concealed;

    /**
     * @param configuration AudioSpecificConfig
     * @param channels      to put out: 1 or 2
     */
    AacSound(byte[] configuration, int channels, int samplesPerFrame, int rate) {
        LIBRARY.setLevel(Level.OFF);
        this.configuration = configuration.clone();
        this.channels = channels;
        this.samplesPerFrame = samplesPerFrame;
        this.configuredRate = rate;
        this.rate = rate;
        this.last = new float[channels][samplesPerFrame];
        this.decoder = decoder();
    }

    private Decoder decoder() {
        try {
            return Decoder.create(configuration);
        } catch (MP4Exception | RuntimeException e) {
            throw new IllegalArgumentException("this AAC cannot be decoded: " + e.getMessage(), e);
        }
    }

    /** Samples of one frame by channel, from -1 to 1; valid until the next call. */
    float[][] decode(ByteBuf frame) {
        byte[] bytes = new byte[frame.readableBytes()];
        frame.getBytes(frame.readerIndex(), bytes);
        boolean[] heard = new boolean[1];
        try {
            decoder.decodeFrame(bytes, (samples, length, sampleRate) -> {
                heard[0] = isSound(length, sampleRate);
                if (heard[0]) {
                    rate = sampleRate;
                    mix(samples, length);
                } else {
                    // a damaged frame has told it another configuration, which it would keep
                    decoder = decoder();
                }
            });
        } catch (RuntimeException e) {
            heard[0] = false;
        }
        if (!heard[0]) {
            conceal();
        }
        return last;
    }

    /** As configured, or twice as fine where there is SBR that the configuration does not mention. */
    private boolean isSound(int length, int sampleRate) {
        return length == samplesPerFrame && sampleRate == configuredRate || length == 2 * samplesPerFrame && sampleRate == 2 * configuredRate;
    }

    private void mix(List<float[]> samples, int length) {
        if (last[0].length != length) {
            last = new float[channels][length];
        }
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < length; i++) {
                last[c][i] = clipped(mixed(samples, c, i) / FULL_SCALE);
            }
        }
    }

    /** In the order of ISO/IEC 14496-3: one channel; left, right; centre, left, right and so on behind it, of which those at the back come in pairs. */
    private float mixed(List<float[]> samples, int channel, int i) {
        int count = samples.size();
        if (count < 3) {
            return samples.get(Math.min(channel, count - 1))[i];
        }
        float sum = samples.get(1 + channel)[i] + CENTRE * samples.get(0)[i];
        for (int back = 3 + channel; back + 1 - channel < count; back += 2) {
            sum += CENTRE * samples.get(back)[i];
        }
        return sum / 2;
    }

    private static float clipped(float sample) {
        return Math.max(-1, Math.min(1, sample));
    }

    private void conceal() {
        concealed++;
        for (float[] channel : last) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] *= CONCEALED * (channel.length - i) / channel.length;
            }
        }
    }

    /** Hz of what comes out. */
    int rate() {
        return rate;
    }

    /** Frames that could not be decoded so far. */
    long concealed() {
        return concealed;
    }
}
