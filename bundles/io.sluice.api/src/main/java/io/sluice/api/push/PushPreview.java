package io.sluice.api.push;

import java.util.List;

/**
 * What an entry would do.
 *
 * @param problem  what is wrong with it, or ""
 * @param target   as it would be now, variables expanded, without secrets
 * @param timeline how the whole would be first, then each condition of the rule, in the order in which they are written
 */
public record PushPreview(String problem, String target, List<Line> timeline) {
    public PushPreview {
        timeline = List.copyOf(timeline);
    }

    /** @param label the condition as it is written @param spans in order of time, not overlapping; what is not covered is not known */
    public record Line(String label, List<PushSpan> spans) {
        public Line {
            spans = List.copyOf(spans);
        }
    }
}
