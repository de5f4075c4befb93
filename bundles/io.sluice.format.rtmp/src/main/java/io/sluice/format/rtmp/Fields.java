package io.sluice.format.rtmp;

import io.sluice.api.net.Handle;
import io.sluice.api.net.Snapshot;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * Reads a snapshot of this, the version before or the version after: what is missing there has a default here. All refusals are IllegalArgumentException, as
 * {@code Protocol.resume} wants them.
 */
public record Fields(Snapshot snapshot) {
    /** @throws IllegalArgumentException when more than one version lies between the snapshot and us */
    public static Fields of(Snapshot snapshot, int mySchema) {
        if (Math.abs(snapshot.schema() - mySchema) > 1) {
            throw new IllegalArgumentException("this version reads RTMP snapshots of schema " + (mySchema - 1) + " to " + (mySchema + 1) + ", not " + snapshot.schema());
        }
        return new Fields(snapshot);
    }

    public int integer(String name) {
        return (int) number(name);
    }

    public int integer(String name, int missing) {
        return snapshot.has(name) ? integer(name) : missing;
    }

    /** A field that was renamed: the first of the names that is there. */
    public int renamed(String name, String before) {
        return integer(snapshot.has(name) ? name : before);
    }

    public long number(String name) {
        return read(() -> snapshot.number(name));
    }

    public long number(String name, long missing) {
        return snapshot.has(name) ? number(name) : missing;
    }

    public boolean flag(String name, boolean missing) {
        return snapshot.has(name) ? read(() -> snapshot.flag(name)) : missing;
    }

    public String text(String name, String missing) {
        return snapshot.has(name) ? read(() -> snapshot.text(name)) : missing;
    }

    public byte[] bytes(String name) {
        return read(() -> snapshot.bytes(name));
    }

    public Handle handle(String name) {
        return read(() -> snapshot.handle(name));
    }

    /** @return null where it is not there */
    public Fields nested(String name) {
        return snapshot.has(name) ? new Fields(read(() -> snapshot.nested(name))) : null;
    }

    /** @throws IllegalArgumentException where it is not there */
    public Fields required(String name) {
        return new Fields(read(() -> snapshot.nested(name)));
    }

    public List<Fields> list(String name) {
        return snapshot.has(name) ? read(() -> snapshot.list(name, Snapshot.class)).stream().map(Fields::new).toList() : List.of();
    }

    public List<String> texts(String name) {
        return snapshot.has(name) ? read(() -> snapshot.list(name, String.class)) : List.of();
    }

    public List<Long> numbers(String name) {
        return snapshot.has(name) ? read(() -> snapshot.list(name, Long.class)) : List.of();
    }

    private <T> T read(Supplier<T> value) {
        try {
            return value.get();
        } catch (NoSuchElementException | ClassCastException e) {
            throw new IllegalArgumentException("the snapshot cannot be read: " + e.getMessage(), e);
        }
    }
}
