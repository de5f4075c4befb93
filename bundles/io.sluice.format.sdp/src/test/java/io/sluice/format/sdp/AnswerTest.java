package io.sluice.format.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.format.codec.TrackOf;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final Track HIGH = TrackOf.avc(1, HexFormat.of().parseHex("0164001effe1001b6764001eacd940a42fe224c044000003000400000300c83c58b65801000668ebe3cb22c0fdf8f800"));
    private static final AnswerTransport TRANSPORT = new AnswerTransport(new IceCredentials("ours", "ourpasswordisverylong1234"), new Fingerprint("sha-256", new byte[32]),
        List.of(new Candidate("192.0.2.7", 8189, false), new Candidate("2001:db8::7", 8189, false), new Candidate("192.0.2.7", 8189, true)));

    @Test
    void aPublisherIsAnsweredWithItsOwnTypes() {
        Offer offer = Offers.offer("chromium-156-publish");
        String answer = publish(offer);
        assertTrue(answer.contains("a=ice-lite\r\na=group:BUNDLE 0 1\r\n"), answer);
        assertTrue(answer.contains("m=video 9 UDP/TLS/RTP/SAVPF 108 109\r\n"), answer);
        assertTrue(answer.contains("a=fmtp:108 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r\n"), answer);
        assertTrue(answer.contains("a=rtpmap:109 rtx/90000\r\na=fmtp:109 apt=108\r\n"), answer);
        assertTrue(answer.contains("a=rtcp-fb:108 nack pli\r\n") && answer.contains("a=extmap:3 " + Extension.TRANSPORT_CC), answer);
        assertTrue(answer.contains("a=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\n"), answer);
        assertTrue(answer.contains("a=recvonly\r\n") && answer.contains("a=setup:passive\r\n") && answer.contains("a=rtcp-rsize\r\n"), answer);
        assertTrue(answer.contains("a=candidate:1 1 udp 2130706431 192.0.2.7 8189 typ host\r\na=candidate:2 1 udp 2130706175 2001:db8::7 8189 typ host\r\n"), answer);
        assertTrue(answer.contains(" 192.0.2.7 8189 typ host tcptype passive\r\n"), answer);
        assertEquals(2, SdpParser.parse(answer).media().size());
    }

    @Test
    void theDirectionOfAnExtensionIsReversed() {
        OfferedMedia video = Offers.offer("firefox-153-publish").media().get(1);
        PayloadFormat vp8 = FormatChoice.ingest(video, List.of(Codec.H264, Codec.VP8)).orElseThrow();
        String answer = AnswerWriter.write(7, 1, TRANSPORT, List.of(AnswerMedia.accept(video, vp8, null).withExtensions(Extension.PLAYOUT_DELAY)));
        assertTrue(answer.contains("a=extmap:6/sendonly " + Extension.PLAYOUT_DELAY + "\r\n"), answer);
        assertTrue(answer.contains("m=video 9 UDP/TLS/RTP/SAVPF 120 124\r\n"), answer);
    }

    private static String publish(Offer offer) {
        List<AnswerMedia> media = offer.media().stream().map(m -> FormatChoice.ingest(m, List.of(Codec.H264, Codec.OPUS)).map(f -> AnswerMedia.accept(m, f, null))
            .orElse(AnswerMedia.reject(m))).toList();
        return AnswerWriter.write(7, 1, TRANSPORT, media);
    }

    @Test
    void aViewerLearnsWhatItIsSent() {
        Offer offer = Offers.offer("chromium-156-play");
        OfferedMedia audio = offer.media().get(0);
        OfferedMedia video = offer.media().get(1);
        PayloadFormat format = FormatChoice.play(video, HIGH).orElseThrow();
        String answer = AnswerWriter.write(7, 1, TRANSPORT, List.of(AnswerMedia.reject(audio),
            AnswerMedia.accept(video, format, new AnswerMedia.SentStream(4_000_000_000L, 5, "c", "live", "video"))));
        assertTrue(answer.contains("a=group:BUNDLE 1\r\n"), answer);
        assertTrue(answer.contains("m=audio 0 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\na=inactive\r\n"), answer);
        assertTrue(answer.contains("a=ssrc-group:FID 4000000000 5\r\na=ssrc:4000000000 cname:c\r\na=ssrc:4000000000 msid:live video\r\n"), answer);
        assertTrue(answer.contains("a=sendonly\r\n"), answer);
    }

    @Test
    void theClosestProfileIsChosenForATrack() {
        OfferedMedia video = Offers.offer("chromium-156-play").media().get(1);
        assertEquals("f4001f", FormatChoice.play(video, HIGH).orElseThrow().parameter("profile-level-id", ""), "High is within High 4:4:4, the only one above Main that is offered");
        Track main = TrackOf.avc(1, HexFormat.of().parseHex("014d001effe1001b6764001eacd940a42fe224c044000003000400000300c83c58b65801000668ebe3cb22c0"));
        assertEquals("4d001f", FormatChoice.play(video, main).orElseThrow().parameter("profile-level-id", ""));
        Track constrained = TrackOf.avc(1, HexFormat.of().parseHex("0142e01effe1001b6764001eacd940a42fe224c044000003000400000300c83c58b65801000668ebe3cb22c0"));
        assertEquals("42e01f", FormatChoice.play(video, constrained).orElseThrow().parameter("profile-level-id", ""));
        OfferedMedia publisher = Offers.offer("chromium-156-publish").media().get(1);
        assertEquals("4d001f", FormatChoice.play(publisher, HIGH).orElseThrow().parameter("profile-level-id", ""), "nothing is enough: the largest");
    }

    @Test
    void codecsThatAreNotOfferedAreNotChosen() {
        OfferedMedia video = Offers.offer("chromium-156-publish").media().get(1);
        assertTrue(FormatChoice.ingest(video, List.of(Codec.H265)).isEmpty());
        assertTrue(FormatChoice.play(video, Track.audio(2, Codec.AAC, new byte[0], 48000, 2)).isEmpty());
        assertEquals(98, FormatChoice.ingest(video, List.of(Codec.VP9)).orElseThrow().type());
        assertEquals(45, FormatChoice.ingest(video, List.of(Codec.H265, Codec.AV1, Codec.VP8)).orElseThrow().type());
    }

    @Test
    void eachLayerOfSimulcastIsAccepted() {
        OfferedMedia video = Offers.offer("chromium-156-simulcast").media().get(1);
        PayloadFormat vp8 = FormatChoice.ingest(video, List.of(Codec.VP8)).orElseThrow();
        String answer = AnswerWriter.write(7, 1, TRANSPORT, List.of(AnswerMedia.reject(Offers.offer("chromium-156-simulcast").media().get(0)),
            AnswerMedia.accept(video, vp8, null).withSimulcast()));
        assertTrue(answer.contains("a=rid:q recv\r\na=rid:h recv\r\na=rid:f recv\r\na=simulcast:recv q;h;f\r\n"), answer);
        assertTrue(answer.contains(Extension.RID) && answer.contains(Extension.REPAIRED_RID), answer);
        assertFalse(AnswerWriter.write(7, 1, TRANSPORT, List.of(AnswerMedia.accept(video, vp8, null))).contains("simulcast"));
    }
}
