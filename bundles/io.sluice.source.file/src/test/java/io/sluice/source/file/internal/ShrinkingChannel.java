package io.sluice.source.file.internal;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A file of which all but the first eighth is gone once the switch is on. */
final class ShrinkingChannel implements SeekableByteChannel {
    private final MemoryChannel whole;
    private final long kept;
    private final boolean[] cut;

    ShrinkingChannel(byte[] bytes, boolean[] cut) {
        this.whole = new MemoryChannel(bytes);
        this.kept = bytes.length / 8;
        this.cut = cut;
    }

    @Override
    public int read(ByteBuffer into) {
        return cut[0] && whole.position() > kept ? -1 : whole.read(into);
    }

    @Override
    public int write(ByteBuffer from) {
        return whole.write(from);
    }

    @Override
    public long position() {
        return whole.position();
    }

    @Override
    public SeekableByteChannel position(long at) {
        whole.position(at);
        return this;
    }

    @Override
    public long size() {
        return whole.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        return whole.truncate(size);
    }

    @Override
    public boolean isOpen() {
        return whole.isOpen();
    }

    @Override
    public void close() {
        whole.close();
    }
}
