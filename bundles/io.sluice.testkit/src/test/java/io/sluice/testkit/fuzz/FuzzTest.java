package io.sluice.testkit.fuzz;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** It finds what is planted. */
class FuzzTest {
    private static final List<byte[]> SEEDS = List.of(new byte[] {0, 0, 0, 2, 'a', 'b'});
    private static volatile byte[] kept;

    private static void read(byte[] input, boolean checksSize) {
        ByteBuffer in = ByteBuffer.wrap(input);
        if (in.remaining() < 4) {
            throw new IllegalArgumentException("too short");
        }
        int size = in.getInt();
        if (size < 0 || size > (checksSize ? in.remaining() : 1 << 24)) {
            throw new IllegalArgumentException("too long");
        }
        kept = new byte[size];
    }

    @Test
    void aGoodParserPasses() {
        new Fuzz("good", IllegalArgumentException.class, 8, in -> read(in, true)).mutate(SEEDS);
    }

    @Test
    void memoryForADeclaredSizeIsFound() {
        AssertionError found = assertThrows(AssertionError.class, () -> new Fuzz("greedy", IllegalArgumentException.class, 8, in -> read(in, false)).mutate(SEEDS));
        assertTrue(found.getMessage().contains("bytes allocated beyond the base"), found::getMessage);
        assertTrue(kept.length > 0);
    }

    @Test
    void otherExceptionsThanTheParsersOwnAreFound() {
        AssertionError found = assertThrows(AssertionError.class, () -> new Fuzz("careless", IllegalArgumentException.class, 8, in -> ByteBuffer.wrap(in).getInt()).mutate(SEEDS));
        assertTrue(found.getMessage().contains("BufferUnderflowException"), found::getMessage);
    }
}
