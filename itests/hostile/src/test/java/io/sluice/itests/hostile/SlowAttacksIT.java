package io.sluice.itests.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Peers that send a byte a second, all side by side, at the default time-outs but for RTMP's: rows 14 and 20. */
class SlowAttacksIT {
    @RegisterExtension
    static final Attacked ATTACKED = new Attacked();
    private static final int EACH = 50;
    /** Sent within a handshake of TLS: client hello, 0xFFFFFF bytes long. */
    private static final byte[] HELLO = {0x16, 3, 1, 0x40, 0, 1, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 3, 3};

    /** @param reason the log gives */
    private record Kind(int port, byte[] bytes, Duration within, String reason) {
    }

    private final Target target = ATTACKED.get();

    private Map<String, Kind> kinds() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        byte[] handshake = new byte[1537];
        handshake[0] = 3;
        byte[] request = ("GET /demo.html HTTP/1.1\r\nX-Slow: " + "a".repeat(1000)).getBytes(StandardCharsets.US_ASCII);
        byte[] preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        kinds.put("a TLS client hello", new Kind(target.tlsPort(), HELLO, Duration.ofSeconds(15), "the TLS handshake failed"));
        kinds.put("too little to tell a protocol", new Kind(target.httpPort(), new byte[] {'G'}, Duration.ofSeconds(15), "sent too little to tell its protocol within 10 s"));
        kinds.put("an RTMP handshake", new Kind(target.rtmpPort(), handshake, Duration.ofSeconds(Target.RTMP_IDLE_SECONDS + 5), "neither published nor played"));
        kinds.put("HTTP headers", new Kind(target.httpPort(), request, Duration.ofSeconds(40), "sent no whole request within"));
        kinds.put("an HTTP/2 preface", new Kind(target.httpPort(), preface, Duration.ofSeconds(15), "sent too little to tell"));
        return kinds;
    }

    @Test
    void aByteASecondIsShownOutAtTheTimeOut() throws Exception {
        ServerMemory before = target.memory();
        List<Attacker> all = Collections.synchronizedList(new ArrayList<>());
        Map<Kind, Attacker> firsts = new LinkedHashMap<>();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            for (Kind kind : kinds().values()) {
                firsts.put(kind, begin(kind, clock, all));
            }
            ServerMemory.requireGrowthBelow(12, 64, before, target.memory());
            for (Map.Entry<Kind, Attacker> first : firsts.entrySet()) {
                target.requireShownOut(first.getValue(), first.getKey().within(), first.getKey().reason());
            }
            for (Attacker a : all) {
                a.awaitClosed(Target.SOON);
            }
        } finally {
            clock.shutdownNow();
            for (Attacker a : all) {
                a.reset();
            }
        }
    }

    /** The first alone, so that its line is not among those that a flood suppresses. */
    private static Attacker begin(Kind kind, ScheduledExecutorService clock, List<Attacker> all) throws IOException {
        Attacker first = dribble(kind, clock, all);
        clock.schedule(() -> {
            for (int i = 1; i < EACH; i++) {
                dribble(kind, clock, all);
            }
            return null;
        }, 1200, TimeUnit.MILLISECONDS);
        return first;
    }

    private static Attacker dribble(Kind kind, ScheduledExecutorService clock, List<Attacker> all) throws IOException {
        Attacker attacker = Attacker.connect(kind.port());
        all.add(attacker);
        int[] at = {0};
        boolean needsProtocol = kind.bytes().length > 100;
        if (needsProtocol) {
            at[0] = 5;
            attacker.send(java.util.Arrays.copyOf(kind.bytes(), 5));
        }
        clock.scheduleAtFixedRate(() -> {
            if (at[0] < kind.bytes().length && !attacker.closed()) {
                attacker.send(kind.bytes()[at[0]++]);
            }
        }, 0, 1, TimeUnit.SECONDS);
        return attacker;
    }

    @Test
    void row14AClientHelloOf16MebibytesIsNotCollected() throws Exception {
        ServerMemory before = target.memory();
        List<Attacker> all = new ArrayList<>();
        byte[] record = new byte[5 + 0x4000];
        System.arraycopy(HELLO, 0, record, 0, HELLO.length);
        byte[] more = new byte[5 + 0x4000];
        System.arraycopy(HELLO, 0, more, 0, 5);
        for (int i = 0; i < 50; i++) {
            Attacker a = Attacker.connect(target.tlsPort());
            a.send(record);
            for (int j = 0; j < 60 && a.send(more); j++) {
                Thread.onSpinWait();
            }
            all.add(a);
        }
        ServerMemory.requireGrowthBelow(12, 64, before, target.memory());
        for (Attacker a : all) {
            a.awaitClosed(Duration.ofSeconds(15));
            a.close();
        }
        assertTrue(target.lines(all.get(0)).toString().contains("TLS handshake failed"), () -> target.lines(all.get(0)).toString());
    }
}
