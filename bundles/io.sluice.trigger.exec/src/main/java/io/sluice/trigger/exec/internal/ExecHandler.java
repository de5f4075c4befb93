package io.sluice.trigger.exec.internal;

import io.sluice.api.trigger.TriggerCall;
import io.sluice.api.trigger.TriggerHandler;
import io.sluice.format.process.ProcessCall;
import io.sluice.format.process.ProcessResult;
import io.sluice.format.process.ProcessRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Runs the trigger's target: the type is its argument, the payload its standard input, and what it prints is the answer. Each process is watched by a thread that lives as long as
 * it does, and not by one of the server's workers: executables that hang must not take them all.
 */
@Component(configurationPid = "io.sluice.trigger.exec", property = "sluice.name=exec")
@Designate(ocd = ExecHandler.Config.class)
public final class ExecHandler implements TriggerHandler {
    /** Longer than any name, address or word of consent. */
    static final int MAX_BYTES = 65_536;
    /** The engine cancels the call at its time-out; this ends what it forgot. */
    private static final long SPARE_MILLIS = 5000;
    /** What waits here is bounded by the engine's lines, one for each target. */
    private static final int MAX_WAITING = 100_000;

    @ObjectClassDefinition(name = "Sluice: executables for triggers", description = "What holds for all triggers whose handler is exec.")
    @interface Config {
        @AttributeDefinition(name = "Processes", description = "At once, all triggers together; more wait in line.")
        int processes() default 16;

        @AttributeDefinition(name = "Roots", description = "Folders that executables must lie in. Empty: anywhere. A path that does not begin with a slash is looked up in the folder triggers of the"
            + " server's home.")
        String[] roots() default {};
    }

    private final Path home;
    private volatile Executables executables;
    private final ProcessRunner runner;

    @Activate
    public ExecHandler(BundleContext context, Config config) {
        this(Path.of(context.getProperty("sluice.home")), config);
    }

    ExecHandler(Path home, Config config) {
        this.home = home.toAbsolutePath();
        runner = new ProcessRunner(1, MAX_WAITING);
        modified(config);
    }

    /** The service stays; what runs goes on. */
    @Modified
    void modified(Config config) {
        executables = new Executables(home.resolve("triggers"), List.of(config.roots()).stream().filter(r -> !r.isBlank()).map(r -> home.resolve(r.strip())).toList());
        runner.maxRunning(Math.max(1, config.processes()));
    }

    @Deactivate
    void close() {
        runner.close();
    }

    @Override
    public CompletionStage<String> handle(TriggerCall call) {
        CompletableFuture<ProcessResult> run;
        try {
            run = runner.run(process(call), task -> thread(task).start());
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<String> answer = run.thenApply(ExecHandler::answer);
        answer.whenComplete((text, e) -> {
            if (answer.isCancelled()) {
                run.cancel(true);
            }
        });
        return answer;
    }

    private ProcessCall process(TriggerCall call) throws IOException {
        String type = call.event().type();
        Map<String, String> environment = Map.of("SLUICE_TRIGGER", type, "SLUICE_TRIGGER_DEFAULT", call.defaultAnswer(), "SLUICE_TRIGGER_EVENT", call.id(), "MIST_TRIGGER", type,
            "MIST_TRIG_DEF", call.defaultAnswer());
        return new ProcessCall(List.of(executables.find(call.parameters().getOrDefault("target", "")).toString(), type), environment, home,
            call.payload().getBytes(StandardCharsets.UTF_8), call.timeoutMillis() + SPARE_MILLIS, MAX_BYTES);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "sluice-exec");
        thread.setDaemon(true);
        return thread;
    }

    /** What it printed counts, whatever its exit code; one that fails without a word gave no answer. */
    private static String answer(ProcessResult result) {
        if (result.cut()) {
            throw new CompletionException(new IOException("it printed more than " + MAX_BYTES + " bytes and was killed"));
        }
        if (result.output().isEmpty() && result.exitCode() != 0) {
            throw new CompletionException(new IOException("it ended with exit code " + result.exitCode() + (result.errorLine().isEmpty() ? "" : ": " + result.errorLine())));
        }
        return result.output();
    }

    @Override
    public String problem(Map<String, String> parameters) {
        try {
            executables.find(parameters.getOrDefault("target", ""));
            return "";
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
