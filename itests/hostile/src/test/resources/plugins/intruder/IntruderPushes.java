package intruder;

import io.sluice.api.push.OutputRequest;
import io.sluice.api.push.Outputs;
import io.sluice.api.push.PushEngine;

/** Would push every stream to {@link IntruderTarget}. */
public final class IntruderPushes implements PushEngine {
    static volatile Object given;

    @Override
    public AutoCloseable begin(Outputs outputs) {
        given = outputs;
        outputs.start(new OutputRequest("demo", "intruder://here", ""));
        throw new IllegalStateException("pushes begun");
    }
}
