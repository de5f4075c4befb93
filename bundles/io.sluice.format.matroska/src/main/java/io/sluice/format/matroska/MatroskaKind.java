package io.sluice.format.matroska;

import io.sluice.api.media.Codec;
import java.util.EnumSet;
import java.util.Set;

/** The two forms of the container. */
public enum MatroskaKind {
    /** All codecs that tracks can have. */
    MATROSKA("matroska", "Matroska", EnumSet.allOf(Codec.class)),
    /** What browsers play: the WebM Container Guidelines name VP8, VP9, AV1 and Opus (and Vorbis). */
    WEBM("webm", "WebM", EnumSet.of(Codec.VP8, Codec.VP9, Codec.AV1, Codec.OPUS));

    private final String docType;
    private final String label;
    private final Set<Codec> codecs;

    MatroskaKind(String docType, String label, Set<Codec> codecs) {
        this.docType = docType;
        this.label = label;
        this.codecs = codecs;
    }

    String docType() {
        return docType;
    }

    String label() {
        return label;
    }

    boolean carries(Codec codec) {
        return codecs.contains(codec);
    }
}
