package io.sluice.format.files;

import java.util.Arrays;

/**
 * Bytes of a file that a writer knows only at the end, such as a duration: they replace as many that are there already. A file that cannot be patched, because it is a pipe,
 * stays readable without.
 *
 * @param offset in the file
 * @param bytes  copied in and out
 */
public record Patch(long offset, byte[] bytes) {
    public Patch {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Patch p && offset == p.offset && Arrays.equals(bytes, p.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(offset) + Arrays.hashCode(bytes);
    }
}
