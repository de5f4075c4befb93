package io.sluice.format.rtppayload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.media.Codec;
import io.sluice.format.rtp.RtpPacket;
import io.sluice.testkit.client.GStreamer;
import io.sluice.testkit.client.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** GStreamer packs and we put together; we pack and GStreamer puts together: the decoded pictures and samples are the same bytes. Numbers and timestamps wrap on the way. */
class JudgesTest {
    private static final String PICTURE = "videotestsrc num-buffers=50 pattern=smpte horizontal-speed=3 ! video/x-raw,width=320,height=180,framerate=25/1";
    private static final String SOUND = "audiotestsrc num-buffers=50 freq=440 samplesperbuffer=960";
    private static final String WRAPS = " seqnum-offset=65500 timestamp-offset=4294900000 pt=96 mtu=1200";

    /** @param units that come out  @param keys of them */
    record Case(Codec codec, String encode, String caps, String decode, int units, int keys) {
        @Override
        public String toString() {
            return codec.name();
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
            new Case(Codec.H264, PICTURE + " ! x264enc bframes=2 b-adapt=false key-int-max=25 bitrate=900 speed-preset=veryfast option-string=scenecut=0 ! video/x-h264,profile=high ! rtph264pay config-interval=-1" + WRAPS,
                "media=video,encoding-name=H264,clock-rate=90000", "rtph264depay ! h264parse ! avdec_h264", 50, 2),
            new Case(Codec.H265, PICTURE + " ! x265enc key-int-max=25 bitrate=900 speed-preset=ultrafast option-string=log-level=0 ! rtph265pay config-interval=-1" + WRAPS,
                "media=video,encoding-name=H265,clock-rate=90000", "rtph265depay ! h265parse ! avdec_h265", 50, 2),
            new Case(Codec.VP8, PICTURE + " ! vp8enc keyframe-max-dist=25 deadline=1 ! rtpvp8pay picture-id-mode=15-bit" + WRAPS,
                "media=video,encoding-name=VP8,clock-rate=90000", "rtpvp8depay ! vp8dec", 50, 2),
            new Case(Codec.VP9, PICTURE + " ! vp9enc keyframe-max-dist=25 deadline=1 cpu-used=8 lag-in-frames=0 ! rtpvp9pay picture-id-mode=15-bit" + WRAPS,
                "media=video,encoding-name=VP9,clock-rate=90000", "rtpvp9depay ! vp9dec", 50, 2),
            new Case(Codec.OPUS, SOUND + " ! audio/x-raw,rate=48000,channels=2 ! opusenc ! rtpopuspay" + WRAPS,
                "media=audio,encoding-name=OPUS,clock-rate=48000", "rtpopusdepay ! opusdec plc=false ! audioconvert", 51, 51),
            new Case(Codec.ALAW, SOUND + " ! audio/x-raw,rate=8000,channels=1 ! alawenc ! rtppcmapay" + WRAPS,
                "media=audio,encoding-name=PCMA,clock-rate=8000", "rtppcmadepay ! alawdec", 50, 50));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void mediaAreTheSameByBothPaths(Case test, @TempDir Path folder) throws IOException {
        Path theirs = folder.resolve("theirs.rtp");
        run(test.encode + " ! rtpstreampay ! filesink location=" + theirs);
        List<RtpPacket> packets = RtpFile.read(theirs);
        assertTrue(packets.get(0).sequence() == 65500 && packets.get(0).timestamp() == 4294900000L, packets.get(0).toString());
        try (Receiver receiver = new Receiver(test.codec)) {
            receiver.receive(packets);
            assertEquals(List.of(), receiver.lost);
            assertEquals(test.units, receiver.units.size());
            assertEquals(test.keys, receiver.units.stream().filter(Receiver.Unit::key).count());
            assertEquals(1, receiver.tracks.size(), receiver.tracks.toString());
            Path ours = folder.resolve("ours.rtp");
            Sender sender = new Sender(receiver.tracks.get(0), 700);
            receiver.units.forEach(unit -> sender.send(unit.bytes(), unit.timestamp(), unit.key()));
            RtpFile.write(ours, sender.packets);
            byte[] wanted = decoded(test, theirs);
            assertTrue(wanted.length > 10_000, "only " + wanted.length + " bytes were decoded");
            assertArrayEquals(wanted, decoded(test, ours));
        }
    }

    private static byte[] decoded(Case test, Path packets) throws IOException {
        Path raw = packets.resolveSibling(packets.getFileName() + ".raw");
        run("filesrc location=" + packets + " ! application/x-rtp-stream," + test.caps + ",payload=96 ! rtpstreamdepay ! " + test.decode + " ! filesink location=" + raw);
        return Files.readAllBytes(raw);
    }

    private static void run(String pipeline) throws IOException {
        try (Program gstreamer = GStreamer.launch(new ArrayList<>(List.of(pipeline.split(" "))))) {
            gstreamer.output(Duration.ofSeconds(60));
        }
    }
}
