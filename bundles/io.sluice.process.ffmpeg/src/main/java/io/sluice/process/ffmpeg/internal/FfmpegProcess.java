package io.sluice.process.ffmpeg.internal;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.api.process.ProcessRequest;
import io.sluice.api.process.ProcessRun;
import io.sluice.api.process.StreamProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes AAC of sound that players of HLS and RTMP do not know. */
@Component(property = "sluice.name=ffmpeg", configurationPid = "io.sluice.process.ffmpeg")
@Designate(ocd = FfmpegProcess.Config.class)
public final class FfmpegProcess implements StreamProcess {
    private static final Logger LOG = LoggerFactory.getLogger(FfmpegProcess.class);
    /** AudioSpecificConfig of AAC-LC, 48 kHz, two channels. */
    private static final byte[] CONFIGURATION = {0x11, (byte) 0x90};
    private static final int COST = 100;

    @ObjectClassDefinition(name = "Sluice: AAC by ffmpeg", description = "Makes AAC of Opus, MP3 and G.711 by a child process for each stream, while somebody needs it.")
    @interface Config {
        @AttributeDefinition(name = "Program", description = "ffmpeg: a name that is looked up in the PATH, or a path.")
        String program() default "ffmpeg";

        @AttributeDefinition(name = "Bits", description = "Bits a second of AAC, two channels.")
        int bitsPerSecond() default 128000;
    }

    private final String program;
    private final int bitsPerSecond;

    @Activate
    public FfmpegProcess(Config config) {
        this(config.program(), config.bitsPerSecond());
    }

    FfmpegProcess(String program, int bitsPerSecond) {
        this.program = found(program);
        this.bitsPerSecond = bitsPerSecond;
        if (this.program.isEmpty()) {
            LOG.warn("no AAC is made of Opus: there is no program {} (program in io.sluice.process.ffmpeg)", program);
        }
    }

    private static String found(String program) {
        if (program.contains("/")) {
            return Files.isExecutable(Path.of(program)) ? program : "";
        }
        return Pattern.compile(":").splitAsStream(System.getenv().getOrDefault("PATH", "")).map(folder -> Path.of(folder, program)).filter(Files::isExecutable).findFirst()
            .map(Path::toString).orElse("");
    }

    @Override
    public Track output(Track input, Set<Codec> wanted) {
        boolean known = switch (input.codec()) {
            case OPUS, MP3, ALAW, ULAW -> true;
            default -> false;
        };
        return known && !program.isEmpty() && wanted.contains(Codec.AAC) ? Track.audio(input.id(), Codec.AAC, CONFIGURATION, AacClock.RATE, 2) : null;
    }

    @Override
    public ProcessRun start(ProcessRequest request) {
        return new Encoding(request, program, bitsPerSecond);
    }

    @Override
    public int cost() {
        return COST;
    }
}
