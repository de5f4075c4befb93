package io.sluice.format.sdp;

import io.sluice.api.media.Codec;
import io.sluice.testkit.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

public final class SdpFuzzTest {
    /** A line of four characters is an object with two strings; the answer repeats what was offered. */
    private static final int BYTES_PER_BYTE = 160;
    private static final Fuzz FUZZ = new Fuzz("SDP", SdpException.class, BYTES_PER_BYTE, SdpFuzzTest::read);
    private static final AnswerTransport TRANSPORT = new AnswerTransport(new IceCredentials("ours", "ourpasswordisverylong1234"), new Fingerprint("sha-256", new byte[32]),
        List.of(new Candidate("192.0.2.7", 8189, false)));

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] input) {
        FUZZ.once(input);
    }

    @Test
    void damagedOffersAreAnsweredOrRefusedAndCostWhatTheyWeigh() throws Exception {
        FUZZ.run(SdpFuzzTest.class, Stream.of("chromium-156-publish", "chromium-156-play", "chromium-156-simulcast", "chromium-156-data", "firefox-153-simulcast").map(n -> Offers.text(n).getBytes(StandardCharsets.UTF_8)).toList());
    }

    private static void read(byte[] input) {
        Offer offer = Offer.parse(new String(input, StandardCharsets.UTF_8));
        List<AnswerMedia> media = offer.media().stream().map(SdpFuzzTest::accept).toList();
        SdpParser.parse(AnswerWriter.write(1, 1, TRANSPORT, media));
    }

    private static AnswerMedia accept(OfferedMedia media) {
        return FormatChoice.ingest(media, List.of(Codec.H264, Codec.VP8, Codec.OPUS)).filter(f -> media.problem().isEmpty())
            .map(f -> AnswerMedia.accept(media, f, null).withSimulcast()).orElse(AnswerMedia.reject(media));
    }
}
