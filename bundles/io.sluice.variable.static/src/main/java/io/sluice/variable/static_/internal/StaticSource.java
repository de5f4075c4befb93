package io.sluice.variable.static_.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.variable.VariableRequest;
import io.sluice.api.variable.VariableSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Component;

/** What was configured, as it was written: variables in it are replaced where it is used. */
@Component(property = {Protocol.NAME + "=static", VariableSource.TEMPLATE + "=true"})
public final class StaticSource implements VariableSource {
    @Override
    public CompletionStage<String> read(VariableRequest request) {
        return CompletableFuture.completedFuture(request.templates().getOrDefault("value", ""));
    }
}
