package io.sluice.format.sdp;

import java.util.List;
import java.util.Optional;

/**
 * A session description as it stands, unjudged.
 *
 * @param attributes those before the first media section
 */
public record Sdp(List<SdpAttribute> attributes, List<SdpMedia> media) {
    public Sdp {
        attributes = List.copyOf(attributes);
        media = List.copyOf(media);
    }

    /** The first of the session's own attributes of this name. */
    public Optional<SdpAttribute> attribute(String name) {
        return attributes.stream().filter(a -> a.name().equals(name)).findFirst();
    }

    /** What a media section says, or else the session. */
    public Optional<SdpAttribute> attribute(SdpMedia section, String name) {
        return section.attribute(name).or(() -> attribute(name));
    }
}
