package io.sluice.trigger.webhook.internal;

import io.sluice.api.net.Loops;
import io.sluice.api.trigger.TriggerCall;
import io.sluice.api.trigger.TriggerHandler;
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

        @AttributeDefinition(name = "Connections for each target", description = "At once. As many calls as the engine has open.")
        int connectionsPerTarget() default 256;
    }

    private final HookClient client;
    private final Loops loops;
    private final Secrets secrets = new Secrets();

    @Activate
    public WebhookHandler(Config config, @Reference Loops loops) {
        this(new HookClient(policy(config), Math.max(1, config.connectionsPerTarget())), loops);
    }

    private static OutboundPolicy policy(Config config) {
        return new OutboundPolicy(PID, config.allowPrivate(), List.of(config.allowed()));
    }

    WebhookHandler(HookClient client, Loops loops) {
        this.client = client;
        this.loops = loops;
    }

    /** The service stays: who is asked meanwhile finds it. */
    @Modified
    void modified(Config config) {
        client.configured(policy(config), Math.max(1, config.connectionsPerTarget()));
    }

    @Deactivate
    void close() {
        client.close();
    }

    @Override
    public CompletionStage<String> handle(TriggerCall call) {
        try {
            Hook hook = Hook.of(call.parameters());
            client.resolve(hook.uri());
            return new Delivery(client, loops, hook, hook.request(call, secrets)).start();
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public String problem(Map<String, String> parameters) {
        try {
            Hook hook = Hook.of(parameters);
            client.check(hook.uri());
            secrets.of(hook);
            return "";
        } catch (Exception e) {
            return e.getMessage();
        }
    }
}
