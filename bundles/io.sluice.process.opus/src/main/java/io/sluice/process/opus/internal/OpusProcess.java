package io.sluice.process.opus.internal;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.api.process.ProcessRequest;
import io.sluice.api.process.ProcessRun;
import io.sluice.api.process.StreamProcess;
import io.sluice.format.codec.AudioSpecificConfig;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Makes Opus of AAC-LC: for browsers, whose WebRTC knows no AAC. */
@Component(property = "sluice.name=opus", configurationPid = "io.sluice.process.opus")
@Designate(ocd = OpusProcess.Config.class)
public final class OpusProcess implements StreamProcess {
    private static final int LOW_COMPLEXITY = 2;
    private static final int MOST_CHANNELS = 8;

    @ObjectClassDefinition(name = "Sluice: Opus of AAC", description = "Makes Opus of AAC sound within the server, while somebody needs it. About 1.5 % of a processor core for each stream.")
    @interface Config {
        @AttributeDefinition(name = "Bits", description = "Bits a second of Opus with two channels; half of it with one. 6000 to 510000.")
        int bitsPerSecond() default 96000;

        @AttributeDefinition(name = "Effort", description = "How much work the encoder takes, 0 to 10.")
        int complexity() default 5;
    }

    private final OpusSettings settings;

    @Activate
    public OpusProcess(Config config) {
        this(new OpusSettings(config.bitsPerSecond(), config.complexity()));
    }

    OpusProcess(OpusSettings settings) {
        this.settings = settings;
    }

    @Override
    public Track output(Track input, Set<Codec> wanted) {
        if (input.codec() != Codec.AAC || !wanted.contains(Codec.OPUS)) {
            return null;
        }
        AudioSpecificConfig config = AudioSpecificConfig.parse(input.configuration());
        boolean simple = config.objectType() == LOW_COMPLEXITY && config.extension() == 0 && config.channels() >= 1 && config.channels() <= MOST_CHANNELS;
        return simple ? Track.audio(input.id(), Codec.OPUS, OpusPackets.head(Math.min(2, config.channels())), OpusPackets.RATE, Math.min(2, config.channels())) : null;
    }

    @Override
    public ProcessRun start(ProcessRequest request) {
        return new Transcoding(request, settings);
    }
}
