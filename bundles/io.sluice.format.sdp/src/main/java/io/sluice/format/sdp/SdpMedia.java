package io.sluice.format.sdp;

import java.util.List;
import java.util.Optional;

/**
 * An {@code m=} line and what follows it, RFC 8866 section 5.14.
 *
 * @param line     of the {@code m=}, from 1
 * @param kind     "audio", "video", "application" …
 * @param port     0 for a media section that is switched off
 * @param protocol such as "UDP/TLS/RTP/SAVPF"
 * @param formats  payload types where the protocol is RTP
 */
public record SdpMedia(int line, String kind, int port, String protocol, List<String> formats, List<SdpAttribute> attributes) {
    public SdpMedia {
        formats = List.copyOf(formats);
        attributes = List.copyOf(attributes);
    }

    /** The first of this name. */
    public Optional<SdpAttribute> attribute(String name) {
        return attributes.stream().filter(a -> a.name().equals(name)).findFirst();
    }

    /** All of this name, in order. */
    public List<SdpAttribute> all(String name) {
        return attributes.stream().filter(a -> a.name().equals(name)).toList();
    }

    public boolean has(String name) {
        return attribute(name).isPresent();
    }
}
