package io.sluice.variable.url.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.variable.VariableRequest;
import io.sluice.api.variable.VariableSource;
import io.sluice.format.http.OutboundClient;
import io.sluice.format.http.OutboundReply;
import io.sluice.format.http.Trust;
import io.sluice.format.outbound.OutboundDenied;
import io.sluice.format.outbound.OutboundPolicy;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** A variable's value is what a web server answers, or a part of it; README.md lists its parameters. */
@Component(configurationPid = UrlConfig.PID, property = Protocol.NAME + "=url")
@Designate(ocd = UrlConfig.class)
public final class UrlSource implements VariableSource {
    private static final int MAX_REDIRECTS = 5;

    private final Memory memory = new Memory();
    private volatile OutboundPolicy policy;
    private volatile OutboundClient client;

    @Activate
    public UrlSource(UrlConfig config) {
        use(config);
    }

    private void use(UrlConfig config) {
        policy = new OutboundPolicy(UrlConfig.PID, config.allowPrivate(), List.of(config.allowed()));
        client = new OutboundClient("variable-url", policy, Math.max(1, config.maxConnections()), Trust.of(config.trust(), UrlConfig.PID));
    }

    /** What is under way ends as a failure; kept connections were judged by the old policy and go too. */
    @Modified
    void configure(UrlConfig config) {
        OutboundClient before = client;
        use(config);
        before.close();
    }

    @Override
    public CompletionStage<String> read(VariableRequest request) {
        CompletableFuture<String> value = new CompletableFuture<>();
        try {
            Question question = Question.of(request);
            CompletableFuture<OutboundReply> reply = client.send(question.request(memory.conditions(question), request, MAX_REDIRECTS), request.workers());
            value.whenComplete((v, e) -> reply.cancel(true));
            reply.whenComplete((r, e) -> {
                if (e != null) {
                    value.completeExceptionally(e);
                } else if (question.pointer() == null) {
                    take(question, request, r, value);
                } else {
                    parse(() -> take(question, request, r, value), request, value); // a document may be large, and this is the thread of all connections
                }
            });
        } catch (IllegalArgumentException e) {
            value.completeExceptionally(new IOException(e.getMessage()));
        }
        return value;
    }

    private static void parse(Runnable task, VariableRequest request, CompletableFuture<String> value) {
        try {
            request.workers().execute(task);
        } catch (RejectedExecutionException e) {
            value.completeExceptionally(new IOException("no thread is free to read the answer"));
        }
    }

    private void take(Question question, VariableRequest request, OutboundReply reply, CompletableFuture<String> value) {
        try {
            String last = reply.status() == 304 ? memory.value(question) : null;
            if (last != null) {
                value.complete(last);
                return;
            }
            String found = Answer.value(question, reply, request.maxBytes());
            memory.keep(question, reply, found);
            value.complete(found);
        } catch (IOException e) {
            memory.forget(question);
            value.completeExceptionally(e);
        }
    }

    @Override
    public String problem(VariableRequest request) {
        try {
            URI uri = Question.of(request.shape()).request(Map.of(), request, MAX_REDIRECTS).uri();
            if (!request.templates().get("target").contains("$")) {
                policy.check(uri);
            }
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        } catch (OutboundDenied e) {
            return "'target': " + e.getMessage();
        }
    }

    @Deactivate
    void close() {
        client.close();
    }
}
