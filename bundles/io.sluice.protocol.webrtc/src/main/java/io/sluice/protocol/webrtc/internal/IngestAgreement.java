package io.sluice.protocol.webrtc.internal;

import io.sluice.api.media.Codec;
import io.sluice.format.rtppayload.PayloadFormats;
import io.sluice.format.sdp.AnswerMedia;
import io.sluice.format.sdp.Direction;
import io.sluice.format.sdp.FormatChoice;
import io.sluice.format.sdp.Offer;
import io.sluice.format.sdp.OfferedMedia;
import io.sluice.format.sdp.PayloadFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is taken of a publisher's offer: the first picture and the first sound that can be. */
record IngestAgreement(List<AnswerMedia> answers, List<IngestMedia.Section> media) {
    /** H.264 first, as every way out carries it. */
    private static final List<Codec> PICTURES = List.of(Codec.H264, Codec.VP8, Codec.VP9, Codec.H265, Codec.AV1).stream().filter(PayloadFormats::knows).toList();
    private static final List<Codec> SOUNDS = List.of(Codec.OPUS, Codec.ALAW, Codec.ULAW).stream().filter(PayloadFormats::knows).toList();
    private static final List<String> FEEDBACK = List.of("nack", "nack pli", "ccm fir", "goog-remb");

    static IngestAgreement of(Offer offer) {
        List<AnswerMedia> answers = new ArrayList<>();
        List<IngestMedia.Section> media = new ArrayList<>();
        for (OfferedMedia section : offer.media()) {
            boolean picture = section.kind().equals("video");
            boolean another = media.stream().anyMatch(m -> m.codec().kind() == (picture ? PICTURES : SOUNDS).get(0).kind());
            PayloadFormat format = another || section.problem().isPresent() || !section.direction().sends() ? null
                : FormatChoice.ingest(section, picture ? PICTURES : section.kind().equals("audio") ? SOUNDS : List.of()).orElse(null);
            if (format == null) {
                answers.add(AnswerMedia.reject(section));
                continue;
            }
            AnswerMedia taken = AnswerMedia.accept(section, format, null);
            answers.add(new AnswerMedia(section, Direction.RECVONLY, taken.formats(), FEEDBACK, List.of(), null, List.of()));
            media.add(new IngestMedia.Section(picture ? 0 : 1, FormatChoice.codec(format), format.type(), section.rtx(format).map(PayloadFormat::type).orElse(-1)));
        }
        return new IngestAgreement(answers, media);
    }

    boolean isEmpty() {
        return media.isEmpty();
    }

    @Override
    public String toString() {
        return media.stream().map(m -> m.codec().label()).collect(Collectors.joining(", "));
    }
}
