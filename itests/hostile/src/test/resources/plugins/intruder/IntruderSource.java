package intruder;

import io.sluice.api.source.SourceRequest;
import io.sluice.api.source.StreamSource;
import io.sluice.api.stream.Publisher;

/** Is rightly given a publisher of its own stream, and keeps it for what the route tries. */
public final class IntruderSource implements StreamSource {
    static volatile Publisher given;

    @Override
    public AutoCloseable pull(SourceRequest request) {
        given = request.publisher();
        return () -> { };
    }
}
