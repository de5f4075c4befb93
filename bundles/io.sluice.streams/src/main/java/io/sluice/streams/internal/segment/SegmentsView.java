package io.sluice.streams.internal.segment;

import io.sluice.api.stream.Segment;
import io.sluice.api.stream.Segments;
import java.util.List;
import java.util.concurrent.Executor;

/** What one viewer sees of a segmented form; its use keeps the segmenter going. From any thread. */
final class SegmentsView implements Segments {
    private final Segmentation segmentation;
    private final Executor loop;
    private final Segmentations all;

    SegmentsView(Segmentation segmentation, Executor loop, Segmentations all) {
        this.segmentation = segmentation;
        this.loop = loop;
        this.all = all;
        shelf();
    }

    private Shelf shelf() {
        if (segmentation.asked() && !segmentation.shelf().ended()) {
            all.start(segmentation);
        }
        return segmentation.shelf();
    }

    @Override
    public List<Segment> listed() {
        return shelf().listed();
    }

    @Override
    public Segment find(String path) {
        return shelf().find(path);
    }

    @Override
    public long discontinuitySequence() {
        return shelf().discontinuities();
    }

    @Override
    public boolean ended() {
        return shelf().ended();
    }

    @Override
    public String problem() {
        shelf();
        return segmentation.problem();
    }

    @Override
    public void onChange(Runnable task) {
        shelf().onChange(loop, task);
    }
}
