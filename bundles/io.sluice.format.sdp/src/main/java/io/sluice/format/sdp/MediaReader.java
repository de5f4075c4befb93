package io.sluice.format.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one media section of an offer. */
final class MediaReader {
    /** Of two bytes' headers, RFC 8285 section 4.3. */
    private static final int MAX_EXTENSION = 255;
    private static final int MAX_RID = 16;

    private final Map<Integer, String> extensions = new LinkedHashMap<>();
    private final List<Long> ssrcs = new ArrayList<>();
    private final Map<Long, Long> repairs = new LinkedHashMap<>();
    private final List<String> rids = new ArrayList<>();

    private MediaReader() {
    }

    static OfferedMedia read(Sdp sdp, SdpMedia section, List<String> bundle) {
        return new MediaReader().media(sdp, section, bundle);
    }

    private OfferedMedia media(Sdp sdp, SdpMedia section, List<String> bundle) {
        section.attributes().forEach(this::attribute);
        String mid = section.attribute("mid").map(SdpAttribute::value).orElse("");
        boolean alone = sdp.media().size() == 1;
        List<PayloadFormat> formats = section.protocol().contains("RTP/") ? PayloadFormats.of(section) : List.of();
        return new OfferedMedia(section, mid, Direction.of(sdp, section), formats, extensions, ssrcs, repairs, rids, alone || bundle.contains(mid));
    }

    private void attribute(SdpAttribute a) {
        switch (a.name()) {
            case "extmap" -> extension(a);
            case "ssrc" -> ssrc(a);
            case "ssrc-group" -> group(a);
            case "rid" -> rid(a);
            default -> { }
        }
    }

    private void extension(SdpAttribute a) {
        String[] words = a.value().split(" ", 3);
        if (words.length < 2) {
            throw new SdpException(a.line(), "wanted a number and a URI, found " + SdpException.shown(a.value()));
        }
        int slash = words[0].indexOf('/');
        extensions.putIfAbsent(Numbers.within(a.line(), "the number of an extension", slash < 0 ? words[0] : words[0].substring(0, slash), 1, MAX_EXTENSION), words[1]);
    }

    private void ssrc(SdpAttribute a) {
        int space = a.value().indexOf(' ');
        long ssrc = Numbers.unsigned(a.line(), "an SSRC", space < 0 ? a.value() : a.value().substring(0, space));
        // each comes in several lines, one after the other
        if (ssrcs.isEmpty() || ssrcs.get(ssrcs.size() - 1) != ssrc) {
            ssrcs.add(ssrc);
        }
    }

    private void group(SdpAttribute a) {
        String[] words = a.value().split(" ", 4);
        if (words.length == 3 && words[0].equals("FID")) {
            repairs.put(Numbers.unsigned(a.line(), "an SSRC", words[1]), Numbers.unsigned(a.line(), "an SSRC", words[2]));
        }
    }

    private void rid(SdpAttribute a) {
        String[] words = a.value().split(" ", 3);
        if (words.length < 2 || !words[0].matches("[A-Za-z0-9_-]{1,255}")) {
            throw new SdpException(a.line(), "wanted an identifier of letters and digits and a direction, found " + SdpException.shown(a.value()));
        }
        if (rids.size() == MAX_RID) {
            throw new SdpException(a.line(), "wanted at most " + MAX_RID + " layers, found more");
        }
        if (words[1].equals("send")) {
            rids.add(words[0]);
        }
    }
}
