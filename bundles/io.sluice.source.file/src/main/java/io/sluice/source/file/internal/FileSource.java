package io.sluice.source.file.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.source.SourceRequest;
import io.sluice.api.source.StreamSource;
import io.sluice.format.files.Roots;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Streams from files in the configured folders: {@code file:/abs/path.mp4?loop=true}, {@code file:clip.flv}. */
@Component(configurationPid = FileSource.PID, property = Protocol.NAME + "=file")
@Designate(ocd = FileSource.Config.class)
public final class FileSource implements StreamSource {
    static final String PID = "io.sluice.source.file";

    private final Roots roots;

    /** Of this source. */
    @ObjectClassDefinition(name = "Sluice: files as sources", description = "Which files streams may be made of (file:PATH?loop=true).")
    public @interface Config {
        @AttributeDefinition(name = "Folders", description = "Files may be read from these folders and what is below them; relative paths begin at the first."
            + " Where none is given: media in the server's home.", required = false)
        String[] roots() default {};
    }

    @Activate
    public FileSource(BundleContext context, Config config) {
        List<Path> configured = Arrays.stream(config.roots()).filter(r -> !r.isBlank()).map(r -> Path.of(r.strip())).toList();
        String home = context.getProperty("sluice.home");
        roots = new Roots(configured.isEmpty() ? List.of(Path.of(home == null ? "." : home, "media")) : configured, PID);
    }

    @Override
    public AutoCloseable pull(SourceRequest request) {
        SourceUri uri = SourceUri.parse(request.uri());
        Playback playback = new Playback(request, uri, () -> roots.open(uri.path()), System::nanoTime);
        playback.start();
        return playback;
    }
}
