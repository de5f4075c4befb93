package io.sluice.format.sdp;

import java.util.List;

/**
 * What a PATCH of WHIP and WHEP brings, RFC 8840 section 9 and RFC 9725 section 4.3.
 *
 * @param ice        of the peer: other ones than before ask for an ICE restart; null where none are said
 * @param candidates the values of its candidate attributes, which a lite agent does not need
 */
public record TrickleFragment(IceCredentials ice, List<String> candidates) {
    public TrickleFragment {
        candidates = List.copyOf(candidates);
    }

    /** @throws SdpException where the text is no such fragment */
    public static TrickleFragment parse(String text) {
        Sdp sdp = SdpParser.parseFragment(text);
        SdpMedia none = new SdpMedia(0, "", 0, "", List.of(), List.of());
        IceCredentials ice = IceCredentials.of(sdp, sdp.media().isEmpty() ? none : sdp.media().get(0));
        List<String> candidates = sdp.media().stream().flatMap(m -> m.all("candidate").stream()).map(SdpAttribute::value).toList();
        return new TrickleFragment(ice, candidates);
    }
}
