package io.sluice.trigger.webhook.internal;

import io.sluice.api.net.Loops;
import io.sluice.api.trigger.TriggerCall;
import io.sluice.api.trigger.TriggerHandler;
import io.sluice.format.http.OutboundClient;
import io.sluice.format.http.Trust;
import io.sluice.format.outbound.OutboundPolicy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Posts each event to the trigger's target; the body of a 2xx answer is the answer. */
@Component(configurationPid = WebhookHandler.PID, property = "sluice.name=webhook")
@Designate(ocd = WebhookHandler.Config.class)
public final class WebhookHandler implements TriggerHandler {
    static final String PID = "io.sluice.trigger.webhook";

    @ObjectClassDefinition(name = "Sluice: web hooks", description = "What holds for all triggers whose handler is webhook.")
    @interface Config {
        @AttributeDefinition(name = "Allow private addresses", description = "Loopback, private and link-local addresses. Web hooks mostly run beside the server.")
        boolean allowPrivate() default true;

        @AttributeDefinition(name = "Allowed", description = "Addresses, blocks (10.0.0.0/8) and hosts (hooks.example, *.example) that are allowed besides. Public addresses always are;"
            + " addresses at which clouds tell machines about themselves only when they are named here.")
        String[] allowed() default {};

        @AttributeDefinition(name = "Connections", description = "To all targets at once. The engine's calls for each target at once are the limit of each.")
        int connections() default 4096;

        @AttributeDefinition(name = "Trust", description = "Path of a PEM file with certificates of authorities, or of servers, that https believes besides the JVM's authorities. Read"
            + " when this configuration is set.", required = false)
        String trust() default "";
    }

    private final Loops loops;
    private final Secrets secrets = new Secrets();
    private volatile OutboundPolicy policy;
    private volatile OutboundClient client;

    @Activate
    public WebhookHandler(Config config, @Reference Loops loops) {
        this.loops = loops;
        configured(config);
    }

    private void configured(Config config) {
        policy = new OutboundPolicy(PID, config.allowPrivate(), List.of(config.allowed()));
        client = new OutboundClient("sluice-webhook", policy, Math.max(1, config.connections()), Trust.of(config.trust(), PID));
    }

    /** The service stays, so that who is asked meanwhile finds it; what is under way is tried again with the new settings. */
    @Modified
    void modified(Config config) {
        OutboundClient before = client;
        configured(config);
        before.close();
    }

    @Deactivate
    void close() {
        client.close();
    }

    @Override
    public CompletionStage<String> handle(TriggerCall call) {
        try {
            Hook hook = Hook.of(call.parameters());
            policy.check(hook.uri());
            Names.look(hook.uri());
            return new Delivery(() -> client, loops, hook.request(call, secrets), hook.attempts()).start();
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public String problem(Map<String, String> parameters) {
        try {
            Hook hook = Hook.of(parameters);
            policy.check(hook.uri());
            hook.check();
            secrets.of(hook);
            return "";
        } catch (Exception e) {
            return e.getMessage();
        }
    }
}
