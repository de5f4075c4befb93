package io.sluice.target.file.internal;

import io.sluice.api.net.Loops;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.push.PushAddress;
import io.sluice.api.push.PushRequest;
import io.sluice.api.push.PushTarget;
import io.sluice.format.files.Roots;
import io.sluice.target.file.internal.recording.Disk;
import io.sluice.target.file.internal.recording.KeptFiles;
import io.sluice.target.file.internal.recording.Recording;
import io.sluice.target.file.internal.recording.RecordingNames;
import io.sluice.target.file.internal.recording.RecordingOptions;
import io.sluice.target.file.internal.recording.Seconds;
import io.sluice.target.file.internal.retention.RecordingBook;
import io.sluice.target.file.internal.retention.Retention;
import io.sluice.target.file.internal.retention.RetentionRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Recordings in the configured folders: {@code /srv/recordings/$stream-$datetime.ts}, {@code shows/$year/$stream.flv?split=600}. */
@Component(configurationPid = FileTarget.PID, property = "sluice.name=file")
@Designate(ocd = FileConfig.class)
public final class FileTarget implements PushTarget {
    static final String PID = "io.sluice.target.file";

    private final Path home;
    private final RetentionTimer timer;
    private final Polisher polisher = new Polisher();
    private volatile Setup setup;

    /** What one configuration makes; recordings go on with that they began with. */
    private record Setup(List<Path> made, Roots roots, RecordingBook book, long queueBytes) {
    }

    @Activate
    public FileTarget(BundleContext context, FileConfig config, @Reference Loops loops, @Reference Plugins plugins) {
        String property = context.getProperty("sluice.home");
        home = Path.of(property == null ? "." : property).toAbsolutePath();
        timer = new RetentionTimer(loops, plugins, this);
        modified(config);
    }

    /** The service stays; what is being recorded goes on. */
    @Modified
    void modified(FileConfig config) {
        List<Path> roots = Arrays.stream(config.roots()).filter(r -> !r.isBlank()).map(r -> home.resolve(r.strip()).normalize()).toList();
        // a folder of others' that is missing may be a disk that is not mounted: only our own is made
        List<Path> made = roots.isEmpty() ? List.of(home.resolve("data/recordings")) : List.of();
        roots = roots.isEmpty() ? made : roots;
        // the book of before is dropped: whether a file is being written is seen from its lock
        RecordingBook book = new RecordingBook(roots);
        RetentionRules rules = new RetentionRules(Seconds.nanos("keep", config.keep()) / 1_000_000, Math.max(0, config.keepCount()), Math.max(0, config.keepFreeMebibytes()) << 20);
        setup = new Setup(made, new Roots(roots, PID), book, Math.max(1, config.queueMebibytes()) * (1L << 20));
        timer.use(new Retention(book, rules, InstantSource.system(), FileTarget::free));
    }

    @Deactivate
    void stop() {
        timer.close();
        polisher.close();
    }

    @Override
    public String problem(PushAddress address) {
        try {
            RecordingOptions options = RecordingOptions.of(address.target(), address.parameters());
            if (options.path().indexOf('$') < 0) {
                setup.roots.check(options.path());
            }
            return "";
        } catch (IllegalArgumentException | IOException e) {
            return e.getMessage();
        }
    }

    @Override
    public AutoCloseable open(PushRequest request) {
        Setup now = setup;
        RecordingOptions options = RecordingOptions.of(request.address().target(), request.address().parameters());
        RecordingNames names = new RecordingNames(options, now.roots, request::expand);
        try {
            for (Path folder : now.made) {
                Files.createDirectories(folder);
            }
            names.look();
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        KeptFiles kept = now.book.begin(request.reader().stream() + " " + options.path(), options.keepNanos(), options.keepCount(), timer::soon);
        Recording recording = new Recording(options, names, Disk.REAL, request.progress(), kept, polisher);
        FilePush push = new FilePush(request, recording, now.queueBytes, Math.max(1, options.syncNanos() / 1_000_000));
        push.start();
        return push;
    }

    private static long free(Path root) {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
