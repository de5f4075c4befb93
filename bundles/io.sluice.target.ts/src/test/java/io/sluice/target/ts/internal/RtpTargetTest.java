package io.sluice.target.ts.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.media.Frame;
import io.sluice.api.push.PushAddress;
import io.sluice.target.ts.internal.Wiretap.Packet;
import io.sluice.testkit.Await;
import io.sluice.testkit.Configured;
import io.sluice.testkit.client.GStreamer;
import io.sluice.testkit.client.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtpTargetTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Map<String, String> FEC = Map.of("fec", "prompeg", "rows", "5", "columns", "6");
    @TempDir
    private static Path folder;
    private static final RtpTarget TARGET = new RtpTarget(Configured.as(UdpConfig.class, Map.of()));
    /** What three seconds of film become. */
    private static List<Packet> packets;
    private static List<Packet> media;
    private static String shown;

    @BeforeAll
    static void film() throws IOException {
        List<Frame> film = Film.of(3 * Film.SECOND);
        try (Told told = new Told(); Wiretap wire = new Wiretap()) {
            told.play(film);
            TARGET.open(told.request("tsrtp://$host:" + wire.port(), FEC));
            Await.until("all was taken", LONG, () -> told.mediaNanos >= film.get(film.size() - 1).dtsNanos() - Film.SECOND / 10);
            assertEquals("", told.finish());
            packets = wire.packets();
            shown = told.shown;
        }
        media = packets.stream().filter(p -> p.portOffset() == 0).toList();
    }

    private static byte[] payload() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        media.forEach(p -> all.write(p.bytes(), 12, p.bytes().length - 12));
        return all.toByteArray();
    }

    @Test
    void packetsAreNumberedAndTimed() {
        Packet first = media.get(0);
        for (int i = 0; i < media.size(); i++) {
            Packet p = media.get(i);
            assertEquals("80 21", String.format("%02x %02x", p.bytes()[0], p.bytes()[1]));
            assertEquals(first.number() + i & 0xFFFF, p.number());
            assertEquals(first.source(), p.source());
        }
        int ticks = media.get(media.size() - 1).time() - first.time();
        long millis = (media.get(media.size() - 1).nanos() - first.nanos()) / 1_000_000;
        assertTrue(Math.abs(ticks / 90 - millis) < 1000, ticks + " ticks of 90 kHz in " + millis + " ms");
        assertEquals(12 + 7 * 188, first.bytes().length);
        assertEquals(0, payload().length % 188);
        assertEquals("tsrtp://127.0.0.1:", shown.replaceAll("[0-9]+$", ""));
    }

    /** A burst as long as a row, and some packets by themselves. */
    @Test
    void gstreamerMakesLostPacketsAgain() throws Exception {
        assertTrue(media.size() > 120, media.size() + " packets");
        Set<Integer> lost = IntStream.concat(IntStream.range(33, 39), IntStream.of(8, 62, 71, 97)).mapToObj(i -> media.get(i).number()).collect(Collectors.toSet());
        List<Packet> arrived = packets.stream().filter(p -> p.portOffset() != 0 || !lost.contains(p.number())).toList();
        assertEquals(packets.size() - 10, arrived.size());
        byte[] repaired = received(arrived);
        assertArrayEquals(Arrays.copyOf(payload(), repaired.length), repaired);
    }

    /** Packets, as a receiver with two seconds of patience has them: columns come while the next matrix fills. */
    private static byte[] received(List<Packet> arrived) throws Exception {
        Path out = folder.resolve("out.ts");
        int port = Wiretap.freePort();
        try (Program gst = GStreamer.launch(List.of("rtpbin", "name=rtp", "latency=2000", "fec-decoders=fec,0=\"rtpst2022-1-fecdec\\ size-time\\=3000000000\"", "udpsrc", "address=127.0.0.1",
            "port=" + (port + 2), "caps=application/x-rtp,payload=96", "!", "queue", "!", "rtp.recv_fec_sink_0_0", "udpsrc", "address=127.0.0.1", "port=" + (port + 4),
            "caps=application/x-rtp,payload=96", "!", "queue", "!", "rtp.recv_fec_sink_0_1", "udpsrc", "address=127.0.0.1", "port=" + port,
            "caps=application/x-rtp,media=video,clock-rate=90000,encoding-name=MP2T,payload=33", "!", "queue", "!", "rtp.recv_rtp_sink_0", "rtp.", "!", "rtpmp2tdepay", "!", "filesink",
            "buffer-mode=unbuffered", "location=" + out))) {
            for (int p = port; p <= port + 4; p += 2) {
                Wiretap.awaitBound(p);
            }
            Wiretap.replay(arrived, port);
            Await.until(() -> "bytes come: " + gst.errors(), LONG, () -> Files.size(out) >= 120 * 7 * 188L);
            gst.interrupt(LONG);
        }
        return Files.readAllBytes(out);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"tsrtp://host:1, fec=raptor, 'fec': wanted prompeg", "tsrtp://host:1, rows=5, 'rows' and 'columns' are of fec=prompeg",
        "tsrtp://host:1, fec=prompeg&columns=3, 'columns': wanted a number from 4 to 20", "tsrtp://host:1, fec=prompeg&columns=11&rows=10, 'columns' times 'rows' is 110",
        "tsrtp://host:65532, fec=prompeg, 'port': wanted a number from 1 to 65531", "tsudp://host:1, fec=prompeg, 'fec': wanted one of pkts", "tsrtp://host:1, drop=5, 'drop': wanted one of"})
    void whatIsNoTargetIsSaid(String address, String parameters, String why) {
        Map<String, String> all = Arrays.stream(parameters.split("&")).map(p -> p.split("=")).collect(Collectors.toMap(p -> p[0], p -> p[1]));
        String problem = TARGET.problem(new PushAddress(address.substring(0, 5), address, all));
        assertTrue(problem.startsWith(why), problem);
    }
}
