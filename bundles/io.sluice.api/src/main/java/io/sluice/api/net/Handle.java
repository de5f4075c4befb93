package io.sluice.api.net;

/**
 * Stands in a {@link Snapshot} for a thing that the core keeps: a reader, a publisher. The core checks it against the
 * connection that owns it, so a number from elsewhere opens nothing.
 */
public final class Handle {
    private final long id;

    public Handle(long id) {
        this.id = id;
    }

    public long id() {
        return id;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Handle h && h.id == id;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    @Override
    public String toString() {
        return "#" + id;
    }
}
