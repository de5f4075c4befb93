package io.sluice.target.ts.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.sluice.api.media.Frame;
import io.sluice.format.mpegts.TsReader;
import io.sluice.format.mpegts.TsUnit;
import io.sluice.testkit.Configured;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UdpTargetTest {
    private final Told told = new Told();
    private DatagramSocket receiver;

    @BeforeEach
    void open() throws IOException {
        receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        receiver.setReceiveBufferSize(8 << 20);
        receiver.setSoTimeout(1000);
    }

    @AfterEach
    void close() {
        receiver.close();
        told.close();
    }

    private static UdpTarget target(Map<String, ?> config) {
        return new UdpTarget(Configured.as(UdpConfig.class, config));
    }

    private record Datagram(int bytes, long nanos) {
    }

    @Test
    void everyFrameArrivesInRealTimeInWholePackets() throws IOException {
        List<Frame> film = Film.of(2 * Film.SECOND);
        told.play(film);
        target(Map.of()).open(told.request("tsudp://$host:" + receiver.getLocalPort(), Map.of()));
        List<TsUnit> units = new ArrayList<>();
        TsReader reader = new TsReader(units::add);
        List<Datagram> came = new ArrayList<>();
        byte[] into = new byte[2000];
        DatagramPacket packet = new DatagramPacket(into, into.length);
        boolean finished = false;
        while (true) {
            try {
                receiver.receive(packet);
                came.add(new Datagram(packet.getLength(), System.nanoTime()));
                reader.read(Unpooled.copiedBuffer(into, 0, packet.getLength()));
            } catch (SocketTimeoutException e) {
                if (finished) {
                    break;
                }
                finished = true;
                assertEquals("", told.finish());
            }
        }
        reader.end();
        assertEquals(List.of(), reader.problems());
        assertEquals(film.stream().filter(Frame::isVideo).count(), units.stream().filter(u -> u.streamType() == 0x1b).count());
        assertTrue(came.stream().limit(came.size() - 1).allMatch(d -> d.bytes() == 7 * 188));
        assertTrue(came.get(came.size() - 2).nanos() - came.get(0).nanos() > 1_500_000_000L, "it came at once");
        assertEquals(came.stream().mapToLong(Datagram::bytes).sum(), told.bytes);
        assertEquals(came.size(), told.packets);
        assertEquals("tsudp://127.0.0.1:" + receiver.getLocalPort(), told.shown);
        assertTrue(film.stream().allMatch(f -> f.payload().refCnt() == 0));
    }

    @Test
    void whatThePolicyForbidsIsNotSentTo() {
        target(Map.of("allowPrivate", false)).open(told.request("tsudp://127.0.0.1:5000", Map.of()));
        assertTrue(told.over().contains("io.sluice.target.ts"), told.ended);
    }

    @Test
    void closeEndsItInOrder() throws Exception {
        AutoCloseable push = target(Map.of()).open(told.request("tsudp://127.0.0.1:" + receiver.getLocalPort(), Map.of()));
        told.play(Film.of(Film.SECOND));
        push.close();
        assertEquals("", told.over());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"tsudp://host, x, wanted tsudp://host:port", "tsudp://host:70000, x, 'port': wanted a number from 1 to 65535", "tsudp://u:p@host:1, x, wanted tsudp://host:port",
        "tsudp://host:1, pkts=0, 'pkts': wanted a number from 1", "tsudp://host:1, pkt=7, 'pkt': wanted one of"})
    void whatIsNoTargetIsSaid(String target, String parameter, String why) {
        Map<String, String> parameters = parameter.equals("x") ? Map.of() : Map.of(parameter.split("=")[0], parameter.split("=")[1]);
        var request = told.request(target, parameters);
        assertTrue(target(Map.of()).problem(request.address()).startsWith(why), target(Map.of()).problem(request.address()));
        assertThrows(IllegalArgumentException.class, () -> target(Map.of()).open(request));
    }
}
