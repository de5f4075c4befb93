package io.sluice.format.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OfferTest {
    @Test
    void whatChromiumPublishesIsRead() {
        Offer offer = Offers.offer("chromium-156-publish");
        assertEquals("8x6n", offer.ice().ufrag());
        assertEquals("DvttIHIH15/MZHYiPMes3xik", offer.ice().password());
        assertTrue(offer.fingerprint().text().startsWith("sha-256 5B:7B:F1:08"), offer.fingerprint().text());
        assertEquals(List.of("audio", "video"), offer.media().stream().map(OfferedMedia::kind).toList());
        OfferedMedia video = offer.media().get(1);
        assertEquals("1", video.mid());
        assertEquals(Direction.SENDONLY, video.direction());
        assertTrue(video.problem().isEmpty(), video.problem().toString());
        assertEquals(3, video.extension(Extension.TRANSPORT_CC));
        assertEquals(0, video.extension("urn:nothing"));
        assertEquals(List.of(2649718407L, 695542474L), video.ssrcs());
        assertEquals(Map.of(2649718407L, 695542474L), video.repairs());
        PayloadFormat vp8 = video.format(96).orElseThrow();
        assertEquals(List.of("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"), vp8.feedback());
        assertEquals(97, video.rtx(vp8).orElseThrow().type());
        PayloadFormat opus = offer.media().get(0).format(111).orElseThrow();
        assertTrue(opus.is("OPUS") && opus.clockRate() == 48000 && opus.channels() == 2 && opus.parameter("useInbandFec", "").equals("1"), opus.toString());
    }

    @Test
    void whatFirefoxPublishesIsRead() {
        Offer offer = Offers.offer("firefox-153-publish");
        assertEquals(new IceCredentials("805e96ea", "c89f7eec73f1bc606ee5101cad080368"), offer.ice());
        assertTrue(offer.fingerprint().text().startsWith("sha-256 9E:93:DF:43"), "it stands before the media sections");
        OfferedMedia video = offer.media().get(1);
        assertTrue(video.problem().isEmpty(), "port 0 of what is bundle-only: " + video.problem());
        PayloadFormat vp8 = video.format(120).orElseThrow();
        assertTrue(vp8.is("VP8") && video.rtx(vp8).orElseThrow().type() == 124, vp8.toString());
        assertEquals(7, video.extension(Extension.TRANSPORT_CC));
    }

    @Test
    void layersOfSimulcastAreRead() {
        assertEquals(List.of("q", "h", "f"), Offers.offer("chromium-156-simulcast").media().get(1).rids());
        assertEquals(List.of("q", "h", "f"), Offers.offer("firefox-153-simulcast").media().get(1).rids());
    }

    @Test
    void dataChannelsAreSomethingThatIsNotTaken() {
        OfferedMedia data = Offers.offer("chromium-156-data").media().get(2);
        assertEquals("it is UDP/DTLS/SCTP and not RTP over DTLS", data.problem().orElseThrow());
    }

    @Test
    void typesWithoutAMapAreThoseThatEveryoneKnows() {
        Offer offer = Offer.parse(Offers.text("chromium-156-publish").replace("a=rtpmap:0 PCMU/8000\r\n", "").replace("a=rtpmap:9 G722/8000\r\n", ""));
        assertTrue(offer.media().get(0).format(0).orElseThrow().is("pcmu"));
        assertTrue(offer.media().get(0).format(9).isEmpty());
    }

    @Test
    void whatIsNotBundledIsNotTaken() {
        Offer offer = Offer.parse(Offers.text("chromium-156-publish").replace("a=group:BUNDLE 0 1", "a=group:BUNDLE 0"));
        assertTrue(offer.media().get(0).problem().isEmpty());
        assertEquals("it is not bundled with the others", offer.media().get(1).problem().orElseThrow());
    }

    @Test
    void faultsNameTheLineWhatWasWantedAndWhatCame() {
        String good = Offers.text("chromium-156-publish");
        fault("SDP line 1: wanted v=0, found hello", "hello");
        fault("SDP: wanted v=0, found nothing", "");
        fault("SDP: wanted at least one m= line, found none", "v=0\r\n");
        fault("SDP line 3: wanted a letter and =, found nonsense", good.replace("s=-", "nonsense"));
        fault("wanted a port from 0 to 65535, found 70000", good.replace("m=audio 52841", "m=audio 70000"));
        fault("wanted a fingerprint, found none: media is sent over DTLS only", good.replaceAll("a=fingerprint.*\r\n", ""));
        fault("wanted sha-256, sha-384 or sha-512 and a hash, found sha-1 AB", good.replaceAll("a=fingerprint.*\r\n", "a=fingerprint:sha-1 AB\r\n"));
        fault("wanted a hash of 32 bytes in hexadecimal with colons, found 5B:7B", good.replaceAll("a=fingerprint.*\r\n", "a=fingerprint:sha-256 5B:7B\r\n"));
        fault("wanted the same fingerprint in all sections, as they share one transport, found another", good.replaceFirst("5B:7B:F1", "00:7B:F1"));
        fault("wanted ice-ufrag and ice-pwd, found none", good.replaceAll("a=ice-pwd.*\r\n", ""));
        fault("wanted ice-pwd of 22 to 256 letters, digits, + or /, found 3 characters", good.replaceAll("a=ice-pwd.*\r\n", "a=ice-pwd:abc\r\n"));
        fault("wanted setup:actpass or active, as this server is passive, found passive", good.replace("setup:actpass", "setup:passive"));
        fault("wanted a payload type from 0 to 127, found 200", good.replace("a=rtpmap:111 ", "a=rtpmap:200 "));
        fault("wanted a clock rate, found x", good.replace("opus/48000/2", "opus/x/2"));
        fault("wanted an SSRC, found -1", good.replace("a=ssrc:1572530562 cname", "a=ssrc:-1 cname"));
        fault("wanted the number of an extension from 1 to 255, found 300", good.replace("a=extmap:14 ", "a=extmap:300 "));
        assertTrue(assertThrows(SdpException.class, () -> Offer.parse(good.replace("a=extmap:14 ", "a=extmap:300 "))).getMessage().startsWith("SDP line 52: "));
    }

    @Test
    void whatIsTooMuchIsRefusedBeforeItIsKept() {
        String good = Offers.text("chromium-156-publish");
        fault("wanted at most 65536 characters, found 10000000", "v".repeat(10_000_000));
        fault("wanted at most 32 media sections, found more", good + "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n".repeat(1000));
        fault("wanted at most 2000 lines, found more", good + "a=x\r\n".repeat(2000));
        fault("wanted at most 4096 characters, found 5000", good + "a=" + "x".repeat(4998) + "\r\n");
        fault("wanted at most 128 formats, found more", good.replace("SAVPF 111", "SAVPF 111" + " 5".repeat(200)));
        fault("wanted at most 16 layers, found more", good + "a=rid:q send\r\n".repeat(17));
    }

    private static void fault(String message, String text) {
        String found = assertThrows(SdpException.class, () -> Offer.parse(text)).getMessage();
        assertTrue(found.endsWith(message), found);
        assertFalse(found.contains("\n") || found.length() > 200, found);
    }

    @Test
    void aTrickledFragmentIsRead() {
        TrickleFragment fragment = TrickleFragment.parse("a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=candidate:1 1 udp 1 192.0.2.1 1 typ host\r\na=end-of-candidates\r\n");
        assertEquals("EsAw", fragment.ice().ufrag());
        assertEquals(List.of("1 1 udp 1 192.0.2.1 1 typ host"), fragment.candidates());
    }
}
