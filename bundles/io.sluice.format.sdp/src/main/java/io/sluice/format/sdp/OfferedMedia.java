package io.sluice.format.sdp;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A media section of an offer.
 *
 * @param section    as it was written
 * @param mid        its name; "" where it has none
 * @param formats    in the offer's order of preference; empty for data channels
 * @param extensions id to URI of RTP header extensions, RFC 8285
 * @param ssrcs      that were announced, in order, those of RTX included
 * @param repairs    SSRC to the SSRC of its RTX (group FID, RFC 5576)
 * @param rids       restriction identifiers that the peer would send in simulcast, RFC 8851; layers that are paused are among them
 * @param bundled    whether it is in the BUNDLE group with the others
 */
public record OfferedMedia(SdpMedia section, String mid, Direction direction, List<PayloadFormat> formats, Map<Integer, String> extensions, List<Long> ssrcs,
                           Map<Long, Long> repairs, List<String> rids, boolean bundled) {
    public OfferedMedia {
        formats = List.copyOf(formats);
        extensions = Map.copyOf(extensions);
        ssrcs = List.copyOf(ssrcs);
        repairs = Map.copyOf(repairs);
        rids = List.copyOf(rids);
    }

    public String kind() {
        return section.kind();
    }

    /** Why it cannot be taken by a server with one transport for all; empty where it can. */
    public Optional<String> problem() {
        if (!section.protocol().equals("UDP/TLS/RTP/SAVPF") && !section.protocol().equals("TCP/TLS/RTP/SAVPF")) {
            return Optional.of("it is " + SdpException.shown(section.protocol()) + " and not RTP over DTLS");
        }
        if (section.port() == 0 && !section.has("bundle-only")) {
            return Optional.of("its port is 0");
        }
        if (!section.has("rtcp-mux")) {
            return Optional.of("its RTCP wants a port of its own");
        }
        return bundled ? Optional.empty() : Optional.of("it is not bundled with the others");
    }

    /** The format of a payload type. */
    public Optional<PayloadFormat> format(int type) {
        return formats.stream().filter(f -> f.type() == type).findFirst();
    }

    /** What packets of a format are repeated in. */
    public Optional<PayloadFormat> rtx(PayloadFormat format) {
        return formats.stream().filter(f -> f.repeats() == format.type()).findFirst();
    }

    /** The id of a header extension, 0 where it was not offered. */
    public int extension(String uri) {
        return extensions.entrySet().stream().filter(e -> e.getValue().equals(uri)).mapToInt(Map.Entry::getKey).min().orElse(0);
    }

    /** The direction of an extension in an answer, RFC 8285 section 7: the offer's reversed; "" where the offer leaves it open. */
    String answeredDirection(int extension) {
        for (SdpAttribute attribute : section.all("extmap")) {
            if (attribute.value().startsWith(extension + "/recvonly ")) {
                return "/sendonly";
            }
            if (attribute.value().startsWith(extension + "/sendonly ")) {
                return "/recvonly";
            }
        }
        return "";
    }
}
