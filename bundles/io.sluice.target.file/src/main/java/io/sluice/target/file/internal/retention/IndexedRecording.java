package io.sluice.target.file.internal.retention;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** A recording as the index of its root knows it. */
final class IndexedRecording {
    private final String id;
    private final String group;
    private final long keepMillis;
    private final int keepCount;
    private final Set<Path> files = new LinkedHashSet<>();
    private long endedMillis;

    /**
     * @param group      recordings of one stream by one target, which are counted together
     * @param keepMillis rule of its own, 0 for none
     * @param keepCount  rule of its own, 0 for none
     */
    IndexedRecording(String id, String group, long keepMillis, int keepCount) {
        this.id = id;
        this.group = group;
        this.keepMillis = keepMillis;
        this.keepCount = keepCount;
    }

    String id() {
        return id;
    }

    String group() {
        return group;
    }

    long keepMillis() {
        return keepMillis;
    }

    int keepCount() {
        return keepCount;
    }

    /** In the order they were made. */
    Set<Path> files() {
        return files;
    }

    /** Unix epoch, 0 while it is not known to be over. */
    long endedMillis() {
        return endedMillis;
    }

    void ended(long millis) {
        endedMillis = millis;
    }
}
