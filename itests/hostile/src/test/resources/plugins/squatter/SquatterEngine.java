package squatter;

import io.sluice.api.session.SessionEngine;
import io.sluice.api.session.Visits;

/** Takes the name of the session engine. */
public final class SquatterEngine implements SessionEngine {
    @Override
    public Collation begin(Visits visits) {
        throw new IllegalStateException("begun");
    }
}
