package io.sluice.testkit.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages good inputs: bytes changed, cut out, doubled, exchanged with another input's, and numbers that parsers stumble over. */
final class Mutation {
    private static final int[] NUMBERS = {0, 1, 2, 3, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0xFFFFFF, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, -2};
    private static final int MOST_STEPS = 6;
    private static final int MOST_BYTES = 1 << 16;

    private final Random random;
    private final List<byte[]> seeds;

    Mutation(Random random, List<byte[]> seeds) {
        this.random = random;
        this.seeds = seeds;
    }

    byte[] next() {
        byte[] input = seed().clone();
        for (int steps = 1 + random.nextInt(MOST_STEPS); steps > 0; steps--) {
            input = step(input);
        }
        return input.length > MOST_BYTES ? Arrays.copyOf(input, MOST_BYTES) : input;
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] step(byte[] in) {
        if (in.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(in.length);
        return switch (random.nextInt(8)) {
            case 0 -> changed(in, at, (byte) random.nextInt());
            case 1 -> changed(in, at, (byte) (in[at] ^ 1 << random.nextInt(8)));
            case 2 -> number(in, at);
            case 3 -> Arrays.copyOf(in, at);
            case 4 -> spliced(in, at, new byte[0], Math.min(in.length, at + 1 + random.nextInt(16)));
            case 5 -> spliced(in, at, Arrays.copyOfRange(in, at, Math.min(in.length, at + 1 + random.nextInt(64))), at);
            case 6 -> spliced(in, at, piece(seed()), at);
            default -> spliced(in, at, noise(), at);
        };
    }

    private static byte[] changed(byte[] in, int at, byte value) {
        in[at] = value;
        return in;
    }

    /** Of 1 to 4 bytes, the most significant first. */
    private byte[] number(byte[] in, int at) {
        int number = NUMBERS[random.nextInt(NUMBERS.length)];
        int bytes = Math.min(1 + random.nextInt(4), in.length - at);
        for (int i = 0; i < bytes; i++) {
            in[at + i] = (byte) (number >> 8 * (bytes - 1 - i));
        }
        return in;
    }

    private byte[] piece(byte[] other) {
        int from = other.length == 0 ? 0 : random.nextInt(other.length);
        return Arrays.copyOfRange(other, from, Math.min(other.length, from + 64));
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(16)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] spliced(byte[] in, int at, byte[] middle, int rest) {
        byte[] out = Arrays.copyOf(in, at + middle.length + in.length - rest);
        System.arraycopy(middle, 0, out, at, middle.length);
        System.arraycopy(in, rest, out, at + middle.length, in.length - rest);
        return out;
    }
}
