package io.sluice.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One server in one home: two would write each other's configuration and cache. Goes with the process, however that ends. */
record HomeLock(FileChannel channel) implements AutoCloseable {
    static HomeLock take(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new Main.Refused("a server already runs in " + file.getParent().getParent() + "; stop it, or give this one a home of its own: SLUICE_HOME=/another/folder");
        }
        return new HomeLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
