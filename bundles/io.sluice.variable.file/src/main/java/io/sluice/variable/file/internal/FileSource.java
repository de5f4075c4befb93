package io.sluice.variable.file.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.variable.VariableRequest;
import io.sluice.api.variable.VariableSource;
import io.sluice.format.files.FileWatch;
import io.sluice.format.files.Roots;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A variable's value is what stands in a file; README.md lists its parameters. */
@Component(configurationPid = FileSource.PID, property = Protocol.NAME + "=file")
@Designate(ocd = FileSource.Config.class)
public final class FileSource implements VariableSource {
    static final String PID = "io.sluice.variable.file";

    private final Path home;
    private final FileWatch watch = new FileWatch("variable-file-watch");
    private volatile FileReader reader;

    /** Of this source. */
    @ObjectClassDefinition(name = "Sluice: files as variables", description = "Which files variables of the type \"file\" may read.")
    public @interface Config {
        @AttributeDefinition(name = "Folders", description = "Files may be read from these folders and what is below them; relative paths begin at the first."
            + " Where none is given: files in the server's home.", required = false)
        String[] roots() default {};
    }

    @Activate
    public FileSource(BundleContext context, Config config) {
        this(Path.of(context.getProperty("sluice.home") == null ? "." : context.getProperty("sluice.home")), config.roots());
    }

    FileSource(Path home, String... folders) {
        this.home = home;
        use(folders);
    }

    /** Readings from now on follow it; nothing is remembered of folders that may not be read any more. */
    @Modified
    void configure(Config config) {
        use(config.roots());
    }

    private void use(String... folders) {
        List<Path> configured = Arrays.stream(folders).filter(r -> !r.isBlank()).map(r -> home.resolve(r.strip())).toList();
        reader = new FileReader(new Roots(configured.isEmpty() ? List.of(home.resolve("files")) : configured, PID));
    }

    @Override
    public CompletionStage<String> read(VariableRequest request) {
        CompletableFuture<String> value = new CompletableFuture<>();
        try {
            FileQuestion question = FileQuestion.of(request);
            request.workers().execute(() -> read(question, request.maxBytes(), value));
        } catch (IllegalArgumentException e) {
            value.completeExceptionally(new IOException(e.getMessage()));
        } catch (RejectedExecutionException e) {
            value.completeExceptionally(new IOException("no thread is free to read a file"));
        }
        return value;
    }

    private void read(FileQuestion question, int maxBytes, CompletableFuture<String> value) {
        try {
            value.complete(reader.read(question, maxBytes));
        } catch (IOException | RuntimeException e) {
            value.completeExceptionally(new IOException(e.getMessage()));
        }
    }

    @Override
    public String problem(VariableRequest request) {
        try {
            FileQuestion.of(request.shape());
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    @Override
    public AutoCloseable watch(VariableRequest request, Runnable changed) {
        try {
            return watch.watch(reader.roots().resolve(FileQuestion.of(request).path()), changed);
        } catch (IOException | IllegalArgumentException e) {
            return null; // not there yet: the interval finds it
        }
    }

    @Deactivate
    void close() {
        watch.close();
    }
}
