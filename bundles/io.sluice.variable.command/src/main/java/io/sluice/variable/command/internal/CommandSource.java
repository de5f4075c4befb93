package io.sluice.variable.command.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.variable.VariableRequest;
import io.sluice.api.variable.VariableSource;
import io.sluice.format.process.ProcessCall;
import io.sluice.format.process.ProcessResult;
import io.sluice.format.process.ProcessRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A variable's value is what a command prints; README.md lists its parameters. */
@Component(configurationPid = "io.sluice.variable.command", property = Protocol.NAME + "=command")
@Designate(ocd = CommandSource.Config.class)
public final class CommandSource implements VariableSource {
    /** More commands than anybody configures; each is a variable's, and a variable is read once at a time. */
    private static final int MAX_WAITING = 10_000;

    private final ProcessRunner runner;
    private final WorkingDirectory directory;

    /** Of this source. */
    @ObjectClassDefinition(name = "Sluice: commands as variables", description = "Limits of the commands that variables of the type \"command\" run.")
    public @interface Config {
        @AttributeDefinition(name = "Commands at once", description = "So many commands run at the same time; the others wait, in the order they came. Each holds a thread of the variables.",
            min = "1", max = "1000")
        int maxProcesses() default 32;
    }

    @Activate
    public CommandSource(BundleContext context, Config config) {
        String home = context.getProperty("sluice.home");
        directory = new WorkingDirectory(Path.of(home == null ? "." : home));
        runner = new ProcessRunner(Math.max(1, config.maxProcesses()), MAX_WAITING);
    }

    CommandSource(Path home, int maxProcesses) {
        directory = new WorkingDirectory(home);
        runner = new ProcessRunner(maxProcesses, MAX_WAITING);
    }

    @Override
    public CompletionStage<String> read(VariableRequest request) {
        CompletableFuture<String> value = new CompletableFuture<>();
        try {
            request.workers().execute(() -> attempt(request, value));
        } catch (RejectedExecutionException e) {
            value.completeExceptionally(new IOException("no thread is free to run a command"));
        }
        return value;
    }

    private void attempt(VariableRequest request, CompletableFuture<String> value) {
        try {
            run(request, value);
        } catch (IllegalArgumentException e) {
            value.completeExceptionally(new IOException(e.getMessage()));
        }
    }

    private void run(VariableRequest request, CompletableFuture<String> value) {
        Command command = Command.of(request);
        Path folder = directory.resolve(request.parameters().getOrDefault("directory", ""));
        CompletableFuture<ProcessResult> process = runner.run(new ProcessCall(command.words(), command.environment(), folder, new byte[0], request.timeoutMillis(),
            request.maxBytes()), request.workers());
        value.whenComplete((v, e) -> process.cancel(false));
        process.whenComplete((result, failure) -> {
            if (failure != null) {
                value.completeExceptionally(failure);
            } else if (result.exitCode() != 0) {
                value.completeExceptionally(new IOException("it ended with exit code " + result.exitCode() + (result.errorLine().isEmpty() ? "" : ": " + result.errorLine())));
            } else {
                value.complete(result.output());
            }
        });
    }

    @Override
    public String problem(VariableRequest request) {
        try {
            Command.of(request.shape());
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    @Deactivate
    void close() {
        runner.close();
    }
}
