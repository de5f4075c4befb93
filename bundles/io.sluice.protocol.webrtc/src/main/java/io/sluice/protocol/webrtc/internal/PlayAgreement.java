package io.sluice.protocol.webrtc.internal;

import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.rtppayload.PayloadFormats;
import io.sluice.format.sdp.AnswerMedia;
import io.sluice.format.sdp.FormatChoice;
import io.sluice.format.sdp.Offer;
import io.sluice.format.sdp.OfferedMedia;
import io.sluice.format.sdp.PayloadFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a viewer gets of a stream: the first track of each kind that it can take.
 *
 * @param refusals sentences about what it does not get, such as "sound: …"
 */
record PlayAgreement(List<AnswerMedia> answers, List<OutgoingTrack> tracks, List<String> refusals) {
    private static final List<String> FEEDBACK = List.of("nack", "nack pli", "ccm fir");

    /**
     * @param stream    what there is for viewers by WebRTC
     * @param published what the publisher sends
     */
    static PlayAgreement of(Offer offer, Tracks stream, Tracks published, String name) {
        PlayAgreement agreement = new PlayAgreement(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        String cname = Secrets.iceName();
        String shown = name.replaceAll("[^A-Za-z0-9_.-]", "_");
        for (OfferedMedia section : offer.media()) {
            agreement.section(section, stream, published, cname, shown);
        }
        return agreement;
    }

    private void section(OfferedMedia section, Tracks stream, Tracks published, String cname, String name) {
        MediaKind kind = section.kind().equals("video") ? MediaKind.VIDEO : section.kind().equals("audio") ? MediaKind.AUDIO : MediaKind.DATA;
        boolean wanted = kind != MediaKind.DATA && section.problem().isEmpty() && section.direction().receives() && tracks.stream().noneMatch(t -> t.kind() == kind);
        Track track = wanted ? stream.list().stream().filter(t -> t.kind() == kind && format(section, t) != null).findFirst().orElse(null) : null;
        if (track == null) {
            if (wanted) {
                published.first(kind).ifPresent(t -> refusals.add(refusal(t)));
            }
            answers.add(AnswerMedia.reject(section));
            return;
        }
        PayloadFormat format = format(section, track);
        PayloadFormat rtx = section.rtx(format).orElse(null);
        OutgoingTrack out = new OutgoingTrack(track.id(), kind, format.type(), Secrets.ssrc(), rtx == null ? -1 : rtx.type(), rtx == null ? 0 : Secrets.ssrc(),
            PayloadFormats.clock(track.codec()), Secrets.sequence(), Secrets.sequence());
        tracks.add(out);
        AnswerMedia sent = AnswerMedia.accept(section, format, new AnswerMedia.SentStream(out.ssrc(), out.rtxSsrc(), cname, name, kind.name().toLowerCase(Locale.ROOT)));
        answers.add(new AnswerMedia(section, sent.direction(), sent.formats(), FEEDBACK, List.of(), sent.sent(), List.of()));
    }

    private static PayloadFormat format(OfferedMedia section, Track track) {
        return PayloadFormats.knows(track.codec()) ? FormatChoice.play(section, track).orElse(null) : null;
    }

    private static String refusal(Track track) {
        return (track.kind() == MediaKind.AUDIO ? "sound" : "picture") + ": it is " + track.codec().label() + ", which this viewer does not take by WebRTC and nobody here makes into what he takes";
    }
}
