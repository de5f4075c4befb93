package io.sluice.protocol.hls.internal;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Tracks;
import io.sluice.api.net.Protocol;
import io.sluice.api.net.Snapshot;
import io.sluice.api.stream.SegmentFormat;
import io.sluice.api.stream.Segmenter;
import java.time.Clock;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;

/** The segmented form "hls": MPEG-TS segments. */
@Component(configurationPid = HlsConfig.PID, property = Protocol.NAME + "=hls")
public final class HlsFormat implements SegmentFormat {
    /** 1 January 2026. Counted from here, sequence numbers fit 32 bits for the players that keep them in an int, until 2060. */
    private static final long FIRST_MILLIS = 1_767_225_600_000L;
    /** EXT-X-TARGETDURATION is whole seconds; and numbers, which rise by two a second over restarts, must not be overtaken by short segments. */
    private static final long MIN_TARGET_NANOS = 1_000_000_000;

    private final BuildChoices choices;
    private final Clock clock;
    private volatile HlsConfig config;

    @Activate
    public HlsFormat(HlsConfig config) {
        this(config, BuildChoices.load(), Clock.systemUTC());
    }

    HlsFormat(HlsConfig config, BuildChoices choices, Clock clock) {
        this.config = config;
        this.choices = choices;
        this.clock = clock;
    }

    /** Segmenters that are opened from now on follow it; the service stays. */
    @Modified
    void configure(HlsConfig changed) {
        config = changed;
    }

    @Override
    public Segmenter open(long targetNanos, Snapshot before) {
        HlsConfig config = this.config;
        CutRule rule = new CutRule(Math.max(MIN_TARGET_NANOS, targetNanos), config.maxSegmentMillis() * 1_000_000L, (int) Math.min(Integer.MAX_VALUE / 2, config.maxSegmentMebibytes() * (1L << 20)));
        return new HlsSegmenter(rule, choices, before == null ? SegmenterState.fresh(firstSequence()) : SegmenterState.from(before));
    }

    /** Half seconds by the clock: a segment lasts longer, so a stream that begins again begins after every number it ever used. */
    private long firstSequence() {
        return Math.max(0, (clock.millis() - FIRST_MILLIS) / 500);
    }

    @Override
    public String problem(Tracks tracks) {
        return CarriedTracks.of(tracks).problem();
    }

    @Override
    public Set<Codec> carries() {
        return CarriedTracks.CODECS;
    }
}
