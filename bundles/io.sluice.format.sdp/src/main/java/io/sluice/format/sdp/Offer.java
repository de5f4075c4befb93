package io.sluice.format.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A WebRTC offer to a server that has one transport for all media, is ICE-lite and takes the passive role of DTLS.
 *
 * @param ice         of the peer
 * @param fingerprint of the certificate that the peer shows in DTLS
 * @param media       in order; which of them can be taken, {@link OfferedMedia#problem} says
 */
public record Offer(IceCredentials ice, Fingerprint fingerprint, List<OfferedMedia> media) {
    public Offer {
        media = List.copyOf(media);
    }

    /** @throws SdpException where the text is none or what every offer needs is missing or wrong; a single section that cannot be taken is no fault of the offer */
    public static Offer parse(String text) {
        Sdp sdp = SdpParser.parse(text);
        if (sdp.media().isEmpty()) {
            throw new SdpException(0, "wanted at least one m= line, found none");
        }
        List<String> bundle = bundle(sdp);
        SdpMedia first = transport(sdp, bundle);
        IceCredentials ice = IceCredentials.of(sdp, first);
        if (ice == null) {
            throw new SdpException(first.line(), "wanted ice-ufrag and ice-pwd, found none");
        }
        setup(sdp, first);
        Fingerprint fingerprint = fingerprint(sdp, first);
        List<OfferedMedia> media = new ArrayList<>();
        for (SdpMedia section : sdp.media()) {
            media.add(MediaReader.read(sdp, section, bundle));
        }
        return new Offer(ice, fingerprint, media);
    }

    /** The mids of the first BUNDLE group, RFC 9143. */
    private static List<String> bundle(Sdp sdp) {
        return sdp.attributes().stream().filter(a -> a.name().equals("group") && a.value().startsWith("BUNDLE ")).findFirst()
            .map(a -> List.of(a.value().substring(7).strip().split(" +"))).orElse(List.of());
    }

    /** The section whose transport the others share. */
    private static SdpMedia transport(Sdp sdp, List<String> bundle) {
        return sdp.media().stream().filter(m -> m.attribute("mid").filter(a -> bundle.contains(a.value())).isPresent() && !m.has("bundle-only")).findFirst()
            .orElse(sdp.media().get(0));
    }

    private static void setup(Sdp sdp, SdpMedia first) {
        Optional<SdpAttribute> setup = sdp.attribute(first, "setup");
        if (setup.isPresent() && !setup.get().value().equals("actpass") && !setup.get().value().equals("active")) {
            throw new SdpException(setup.get().line(), "wanted setup:actpass or active, as this server is passive, found " + SdpException.shown(setup.get().value()));
        }
    }

    /** Of several hashes the first that is strong enough; all sections that have one must have the same. */
    private static Fingerprint fingerprint(Sdp sdp, SdpMedia first) {
        List<SdpAttribute> found = first.has("fingerprint") ? first.all("fingerprint") : sdp.attributes().stream().filter(a -> a.name().equals("fingerprint")).toList();
        if (found.isEmpty()) {
            throw new SdpException(first.line(), "wanted a fingerprint, found none: media is sent over DTLS only");
        }
        Fingerprint chosen = found.stream().map(Offer::readable).filter(Objects::nonNull).findFirst().orElseGet(() -> Fingerprint.parse(found.get(0)));
        Stream<SdpAttribute> others = sdp.media().stream().filter(m -> m.port() != 0 || m.has("bundle-only")).flatMap(m -> m.all("fingerprint").stream());
        others.forEach(a -> {
            Fingerprint other = found.size() == 1 ? Fingerprint.parse(a) : chosen;
            if (!other.equals(chosen)) {
                throw new SdpException(a.line(), "wanted the same fingerprint in all sections, as they share one transport, found another");
            }
        });
        return chosen;
    }

    private static Fingerprint readable(SdpAttribute attribute) {
        try {
            return Fingerprint.parse(attribute);
        } catch (SdpException e) {
            return null;
        }
    }
}
