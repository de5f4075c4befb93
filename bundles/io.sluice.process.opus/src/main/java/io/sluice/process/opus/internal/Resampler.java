package io.sluice.process.opus.internal;

import java.util.Arrays;

/** Changes the rate of one channel to 48 kHz: a windowed sinc with a table for each phase. What is even passes through as it is. */
final class Resampler {
    private static final int TAPS = 32;
    private static final double BETA = 8;

    private final int up;
    private final int down;
    private final float[][] phases;
    /** What the filter still needs of what came before. */
    private float[] held = new float[TAPS];
    private int heldSamples = TAPS / 2 - 1;
    /** In units of 1/up of an input sample, from the beginning of what is held. */
    private long position;

    /** @param rate of what comes in, Hz */
    Resampler(int rate) {
        int common = gcd(rate, OpusPackets.RATE);
        up = OpusPackets.RATE / common;
        down = rate / common;
        phases = up == down ? null : table();
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private float[][] table() {
        double cutoff = Math.min(1, (double) up / down) * 0.95;
        float[][] table = new float[up][TAPS];
        for (int phase = 0; phase < up; phase++) {
            double sum = 0;
            for (int tap = 0; tap < TAPS; tap++) {
                double x = tap - (TAPS / 2 - 1) - (double) phase / up;
                double window = bessel(BETA * Math.sqrt(Math.max(0, 1 - Math.pow(2 * x / TAPS, 2)))) / bessel(BETA);
                table[phase][tap] = (float) (sinc(cutoff * x) * window);
                sum += table[phase][tap];
            }
            for (int tap = 0; tap < TAPS; tap++) {
                table[phase][tap] /= (float) sum;
            }
        }
        return table;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    /** Modified Bessel function of the first kind, order 0: Kaiser's window. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; k < 30; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    /** All that the samples so far give; in the long run exactly as many as the rates say. */
    float[] resample(float[] in) {
        if (phases == null) {
            return in;
        }
        float[] all = Arrays.copyOf(held, heldSamples + in.length);
        System.arraycopy(in, 0, all, heldSamples, in.length);
        float[] out = new float[(int) ((long) all.length * up / down) + 2];
        int count = 0;
        int at = (int) (position / up);
        while (at + TAPS <= all.length) {
            out[count++] = filtered(all, at, phases[(int) (position % up)]);
            position += down;
            at = (int) (position / up);
        }
        int used = Math.min(at, all.length);
        held = Arrays.copyOfRange(all, used, all.length);
        heldSamples = held.length;
        position -= (long) used * up;
        return Arrays.copyOf(out, count);
    }

    private static float filtered(float[] in, int at, float[] taps) {
        float sum = 0;
        for (int i = 0; i < TAPS; i++) {
            sum += in[at + i] * taps[i];
        }
        return sum;
    }
}
