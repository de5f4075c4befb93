package io.sluice.format.container;

import io.sluice.format.files.Patch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/** Changes bytes that are there already. */
final class Patches {
    private Patches() {
    }

    static void apply(List<Patch> patches, FileChannel file) throws IOException {
        for (Patch patch : patches) {
            ByteBuffer bytes = ByteBuffer.wrap(patch.bytes());
            while (bytes.hasRemaining()) {
                file.write(bytes, patch.offset() + bytes.position());
            }
        }
    }
}
