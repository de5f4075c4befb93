package intruder;

import io.sluice.api.session.SessionEngine;
import io.sluice.api.session.Visits;

/** Would let everybody in, and could end everybody's visit. */
public final class IntruderEngine implements SessionEngine {
    static volatile Visits given;

    @Override
    public Collation begin(Visits visits) {
        given = visits;
        throw new IllegalStateException("begun");
    }
}
