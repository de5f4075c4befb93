package io.sluice.target.file.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A real file on a disk that does something before a write. */
final class FaultyChannel extends FileChannel {
    interface Fault {
        void happen() throws IOException, InterruptedException;
    }

    private final FileChannel file;
    private long limit = Long.MAX_VALUE;
    private Fault fault = () -> { };
    private Fault syncing = () -> { };
    private boolean syncFails;
    private volatile long synced;

    FaultyChannel(FileChannel file) {
        this.file = file;
    }

    /** The fault comes before the first write that would go beyond so many bytes, and each after it; half of that write is done. */
    FaultyChannel before(long bytes, Fault happens) {
        limit = bytes;
        fault = happens;
        return this;
    }

    FaultyChannel whenSynced(Fault happens) {
        syncing = happens;
        return this;
    }

    FaultyChannel failingToSync() {
        syncFails = true;
        return this;
    }

    /** Bytes that the last sync covered. */
    long synced() {
        return synced;
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        if (file.position() + src.remaining() <= limit) {
            return file.write(src);
        }
        int half = file.write(src.slice(src.position(), src.remaining() / 2));
        src.position(src.position() + half);
        try {
            fault.happen();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return half + file.write(src);
    }

    @Override
    public void force(boolean metaData) throws IOException {
        if (syncFails) {
            throw new IOException("Input/output error");
        }
        file.force(metaData);
        synced = file.size();
        try {
            syncing.happen();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public int write(ByteBuffer src, long position) throws IOException {
        return file.write(src, position);
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        return file.read(dst);
    }

    @Override
    public int read(ByteBuffer dst, long position) throws IOException {
        return file.read(dst, position);
    }

    @Override
    public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
        return file.read(dsts, offset, length);
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        file.position(newPosition);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        file.truncate(size);
        return this;
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return file.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel src, long position, long count) throws IOException {
        return file.transferFrom(src, position, count);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return file.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return file.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }
}
