package io.sluice.itests.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.Amf0;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connections that end at any byte: in a handshake, a chunk's header, an extended time, a message, a request's line, headers and body. */
@Tag("once")
class TruncatedIT {
    @RegisterExtension
    static final Attacked ATTACKED = new Attacked();
    private static final int HANDSHAKE = 3073;

    private final Target target = ATTACKED.get();

    /** Each prefix on a connection of its own, every second one ended by a reset. */
    private void cutEverywhere(int port, byte[] whole, int from) throws Exception {
        ServerMemory before = target.memory();
        long open = connections();
        int logged = target.server().log().length();
        for (int cut = from; cut <= whole.length; cut++) {
            Attacker a = Attacker.deaf(port);
            a.send(Arrays.copyOf(whole, cut));
            if (cut % 2 == 0) {
                a.reset();
            } else {
                a.close();
            }
        }
        Await.until("all are gone", Target.PATIENCE, () -> connections() <= open);
        Await.until(() -> "the memory is free again; before: " + before, Target.PATIENCE, () -> target.memory().growthIsBelow(8, 48, before));
        List<String> said = target.server().log().substring(logged).lines().toList();
        assertEquals(List.of(), said.stream().filter(l -> l.contains(" ERROR PluginErrors") || l.contains("Exception") || l.contains("internal error")).toList(), "an end is nobody's fault in here");
        System.out.println(whole.length - from + 1 + " connections that ended within " + whole.length + " bytes: " + said.stream().filter(l -> l.contains(" WARN ")).count() + " lines");
    }

    private long connections() throws Exception {
        return target.server().shell("sluice:connections").lines().count();
    }

    @Test
    void rtmpAtAnyByteAfterTheHandshake() throws Exception {
        cutEverywhere(target.rtmpPort(), publishing(), HANDSHAKE);
    }

    @Test
    void rtmpInTheHandshake() throws Exception {
        byte[] handshake = Arrays.copyOf(publishing(), HANDSHAKE);
        for (int length : new int[] {20, 1537 + 8, HANDSHAKE - 1}) {
            cutEverywhere(target.rtmpPort(), Arrays.copyOf(handshake, length), Math.max(1, length - 20));
        }
    }

    @Test
    void httpAtAnyByte() throws Exception {
        String head = "POST /demo.html?a=%20b HTTP/1.1\r\nHost: a\r\nX: y\r\n";
        for (String request : List.of(head + "Content-Length: 20\r\n\r\n01234567890123456789", head + "Transfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nT: u\r\n\r\n",
            "GET /hls/watched/index.m3u8 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")) {
            cutEverywhere(target.httpPort(), request.getBytes(StandardCharsets.ISO_8859_1), 1);
        }
    }

    @Test
    void http2AtAnyByte() throws Exception {
        byte[] preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] frames = HexFormat.of().parseHex("000006" + "04" + "00" + "00000000" + "000300000064" + "000006" + "01" + "04" + "00000001" + "828684410161" + "000005" + "00" + "01" + "00000001" + "68656c6c6f");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(preface);
        all.writeBytes(frames);
        cutEverywhere(target.httpPort(), all.toByteArray(), 1);
    }

    /** A handshake and all commands of a publisher. */
    private static byte[] commands() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(3);
        out.writeBytes(new byte[HANDSHAKE - 1]);
        Map<String, Object> object = new LinkedHashMap<>(Map.of("app", "live"));
        out.writeBytes(Attacker.message(3, 20, Amf0.encode("connect", 1, object)));
        out.writeBytes(Attacker.message(3, 20, Amf0.encode("createStream", 2, null)));
        byte[] publish = Attacker.message(8, 20, Amf0.encode("publish", 3, null, "cut?key=" + SluiceServer.PUBLISH_KEY, "live"));
        publish[8] = 1; // its message stream
        out.writeBytes(publish);
        return out.toByteArray();
    }

    /** The same, and media with chunk streams of one, two and three bytes, headers of all four types, extended times, and a message in several chunks. */
    private byte[] publishing() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(commands());
        out.writeBytes(Attacker.message(6, 9, target.clip().headers().stream().filter(f -> f.kind() == Kind.VIDEO).findFirst().orElseThrow().body()));
        out.writeBytes(hex("04 ffffff 000004 08 01000000 01000000 af001190"));
        out.writeBytes(hex("44 ffffff 000004 08 01000005 af012111"));
        out.writeBytes(hex("84 000014 af012111"));
        out.writeBytes(hex("c4 af012111"));
        out.writeBytes(hex("00 05 000028 000004 08 01000000 af012111"));
        out.writeBytes(hex("01 0500 ffffff 000096 09 01000000 01000028"));
        out.writeBytes(hex("1701000000 0000008d65"));
        out.writeBytes(new byte[118]);
        out.writeBytes(hex("c1 0500 01000028"));
        out.writeBytes(new byte[22]);
        return out.toByteArray();
    }

    private String streams() {
        try {
            return target.server().shell("sluice:streams");
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Test
    void whatIsCutIsGoodAsAWhole() throws Exception {
        byte[] whole = publishing();
        int commands = commands().length;
        try (Attacker a = Attacker.connect(target.rtmpPort())) {
            a.send(Arrays.copyOf(whole, commands));
            a.awaitReceived("NetStream.Publish.Start");
            a.send(Arrays.copyOfRange(whole, commands, whole.length));
            Await.until(() -> "every message is taken: " + target.lines(a) + "\n" + streams(), Target.SOON, () -> streams().matches("(?s).*\\bcut +LIVE.*"));
            assertTrue(!a.closed(), a::said);
        }
    }
}
