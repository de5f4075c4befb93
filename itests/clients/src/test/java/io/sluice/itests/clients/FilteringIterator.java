package io.sluice.itests.clients;

import io.sluice.testkit.media.MediaFrame;
import java.util.Iterator;
import java.util.function.Predicate;

/** Leaves frames out of an endless sequence: a publisher with a fault. */
final class FilteringIterator implements Iterator<MediaFrame> {
    private final Iterator<MediaFrame> all;
    private final Predicate<MediaFrame> wanted;

    FilteringIterator(Iterator<MediaFrame> all, Predicate<MediaFrame> wanted) {
        this.all = all;
        this.wanted = wanted;
    }

    @Override
    public boolean hasNext() {
        return all.hasNext();
    }

    @Override
    public MediaFrame next() {
        MediaFrame frame = all.next();
        while (!wanted.test(frame)) {
            frame = all.next();
        }
        return frame;
    }
}
