package io.sluice.streams.internal.process;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.api.plugin.Plugin;
import io.sluice.api.process.StreamProcess;
import io.sluice.streams.internal.Elected;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of the tracks of a stream in forms that carry certain codecs. From any thread. */
final class Plan {
    private static final Logger LOG = LoggerFactory.getLogger(Plan.class);

    /**
     * What becomes of one track.
     *
     * @param output  null where nobody makes it
     * @param process null where it is carried as it is, or nobody makes it
     */
    record Step(Track input, Track output, String process) {
        boolean isCarried() {
            return output != null && process == null;
        }
    }

    private Plan() {
    }

    /** One step for each track. */
    static List<Step> of(List<Track> tracks, Set<Codec> carried, Elected<StreamProcess> processes) {
        List<Step> steps = new ArrayList<>(tracks.size());
        for (Track track : tracks) {
            steps.add(carried.contains(track.codec()) ? new Step(track, track, null) : made(track, carried, processes.all()));
        }
        return steps;
    }

    private static Step made(Track track, Set<Codec> carried, Collection<Plugin<StreamProcess>> processes) {
        return processes.stream().sorted(Comparator.comparingInt((Plugin<StreamProcess> p) -> p.service().cost()).thenComparing(Plugin::name))
            .map(p -> new Step(track, output(p, track, carried), p.name())).filter(s -> s.output != null).findFirst().orElse(new Step(track, null, null));
    }

    private static Track output(Plugin<StreamProcess> process, Track track, Set<Codec> carried) {
        try {
            Track output = process.service().output(track, carried);
            return output == null || output.id() != track.id() || !carried.contains(output.codec()) ? null : output;
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{} cannot say what it makes of {}", process.bundle(), track, e);
            return null;
        }
    }
}
