package io.sluice.format.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * What the answer says of one media section that was offered. Made by {@link #reject} or {@link #accept}, then refined.
 *
 * @param direction  the server's
 * @param formats    of the offer, with the offer's payload types, RTX among them; empty: the section is rejected
 * @param feedback   kinds of RTCP feedback that are accepted where the offer has them
 * @param extensions URIs of header extensions that are accepted where the offer has them
 * @param sent       null where the server does not send
 * @param rids       layers that the server takes, of those offered; empty without simulcast
 */
public record AnswerMedia(OfferedMedia offered, Direction direction, List<PayloadFormat> formats, List<String> feedback, List<String> extensions, SentStream sent,
                          List<String> rids) {
    private static final List<String> FEEDBACK = List.of("nack", "nack pli", "ccm fir", "goog-remb", "transport-cc");

    /**
     * What a server sends in a section.
     *
     * @param ssrc    unsigned
     * @param rtxSsrc unsigned; 0 without RTX
     * @param cname   of the sender, the same in all sections, so that sound and picture are kept together
     * @param stream  name of the MediaStream
     * @param track   name of the track
     */
    public record SentStream(long ssrc, long rtxSsrc, String cname, String stream, String track) {
    }

    public AnswerMedia {
        formats = List.copyOf(formats);
        feedback = List.copyOf(feedback);
        extensions = List.copyOf(extensions);
        rids = List.copyOf(rids);
    }

    public static AnswerMedia reject(OfferedMedia offered) {
        return new AnswerMedia(offered, Direction.INACTIVE, List.of(), List.of(), List.of(), null, List.of());
    }

    /** One format with its RTX, all feedback that servers know, transport-wide congestion control. @param sent null to receive */
    public static AnswerMedia accept(OfferedMedia offered, PayloadFormat format, SentStream sent) {
        List<PayloadFormat> formats = offered.rtx(format).filter(rtx -> sent == null || sent.rtxSsrc() != 0).map(rtx -> List.of(format, rtx)).orElse(List.of(format));
        Direction direction = sent == null ? Direction.RECVONLY : Direction.SENDONLY;
        return new AnswerMedia(offered, direction, formats, FEEDBACK, List.of(Extension.TRANSPORT_CC), sent, List.of());
    }

    /** With all layers of simulcast that are offered, and the extensions by which they are told apart. */
    public AnswerMedia withSimulcast() {
        return offered.rids().isEmpty() ? this : withExtensions(Extension.MID, Extension.RID, Extension.REPAIRED_RID).withRids(offered.rids());
    }

    private AnswerMedia withRids(List<String> layers) {
        return new AnswerMedia(offered, direction, formats, feedback, extensions, sent, layers);
    }

    /** These as well. */
    public AnswerMedia withExtensions(String... uris) {
        List<String> all = new ArrayList<>(extensions);
        all.addAll(List.of(uris));
        return new AnswerMedia(offered, direction, formats, feedback, all, sent, rids);
    }

    /** These as well: RED and ULPFEC, for example. */
    public AnswerMedia withFormats(List<PayloadFormat> more) {
        List<PayloadFormat> all = new ArrayList<>(formats);
        all.addAll(more);
        return new AnswerMedia(offered, direction, all, feedback, extensions, sent, rids);
    }

    /** These kinds of feedback and no others. */
    public AnswerMedia withFeedback(List<String> kinds) {
        return new AnswerMedia(offered, direction, formats, kinds, extensions, sent, rids);
    }

    public boolean rejected() {
        return formats.isEmpty();
    }
}
