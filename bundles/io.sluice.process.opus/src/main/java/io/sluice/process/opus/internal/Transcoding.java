package io.sluice.process.opus.internal;

import io.netty.buffer.Unpooled;
import io.sluice.api.media.Frame;
import io.sluice.api.process.ProcessRequest;
import io.sluice.api.process.ProcessRun;
import io.sluice.api.process.ProcessSink;
import io.sluice.format.codec.AudioSpecificConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One track on its way from AAC to Opus. Time is counted in samples from an anchor: so packets are 20 ms apart to the nanosecond, however times of frames are rounded. Where
 * frames are further from the count than they should be (a gap, a new clock), it is anchored anew.
 */
final class Transcoding implements ProcessRun {
    private static final Logger LOG = LoggerFactory.getLogger(Transcoding.class);
    private static final long SECOND = 1_000_000_000L;
    /** Beyond two frames it is no rounding. */
    private static final long TOLERANCE_NANOS = 50_000_000;

    private final ProcessRequest request;
    private final ProcessSink sink;
    private final int channels;
    private final AacSound sound;
    private final OpusPackets packets;
    private final float[][] resampled;
    private Resampler[] resamplers;
    private int rate;
    private boolean anchored;
    private long anchorNanos;
    private long samplesIn;
    private long samplesOut;

    Transcoding(ProcessRequest request, OpusSettings settings) {
        AudioSpecificConfig config = AudioSpecificConfig.parse(request.input().configuration());
        this.request = request;
        this.sink = request.sink();
        this.channels = request.output().channels();
        this.sound = new AacSound(request.input().configuration(), channels, config.samplesPerFrame(), config.outputRate());
        this.packets = new OpusPackets(channels, settings);
        this.resampled = new float[channels][];
    }

    @Override
    public void write(Frame frame) {
        float[][] samples = sound.decode(frame.payload());
        if (sound.rate() != rate) {
            rate = sound.rate();
            anchored = false;
        }
        long expected = anchorNanos + nanos(samplesIn, rate);
        if (!anchored || Math.abs(frame.ptsNanos() - expected) > TOLERANCE_NANOS) {
            anchor(frame.ptsNanos());
        }
        samplesIn += samples[0].length;
        for (int c = 0; c < channels; c++) {
            resampled[c] = resamplers[c].resample(samples[c]);
        }
        packets.add(resampled, this::packet);
    }

    private void anchor(long ptsNanos) {
        anchored = true;
        anchorNanos = ptsNanos;
        samplesIn = 0;
        samplesOut = 0;
        packets.clear();
        resamplers = new Resampler[channels];
        for (int c = 0; c < channels; c++) {
            resamplers[c] = new Resampler(rate);
        }
    }

    private void packet(byte[] bytes, int length) {
        long pts = anchorNanos + nanos(samplesOut - packets.delay(), OpusPackets.RATE);
        samplesOut += OpusPackets.SAMPLES;
        sink.write(pts, true, Unpooled.wrappedBuffer(bytes, 0, length));
    }

    private static long nanos(long samples, int rate) {
        return Math.floorDiv(samples, rate) * SECOND + Math.floorMod(samples, rate) * SECOND / rate;
    }

    @Override
    public void close() {
        if (sound.concealed() > 0) {
            LOG.info("{}: {} frames of AAC could not be decoded and were concealed", request.stream(), sound.concealed());
        }
    }
}
