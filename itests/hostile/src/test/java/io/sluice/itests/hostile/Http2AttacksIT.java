package io.sluice.itests.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row 15: HTTP/2 whose frames cost the server more than the peer. */
class Http2AttacksIT {
    @RegisterExtension
    static final Attacked ATTACKED = new Attacked();
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    /** :method GET, :scheme http, :path /, :authority a (RFC 7541, appendix A). */
    private static final byte[] GET = {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, 1, 'a'};

    private final Target target = ATTACKED.get();

    private static byte[] frame(int type, int flags, int stream, byte... payload) {
        return ByteBuffer.allocate(9 + payload.length).put((byte) (payload.length >> 16)).putShort((short) payload.length).put((byte) type).put((byte) flags)
            .putInt(stream).put(payload).array();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** @param frames the n-th of them, until the server has closed */
    private void shownOut(String reason, boolean reading, IntFunction<byte[]> frames) throws Exception {
        ServerMemory before = target.memory();
        try (Attacker attacker = reading ? Attacker.connect(target.httpPort()) : Attacker.deaf(target.httpPort())) {
            attacker.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            attacker.send(frame(SETTINGS, 0, 0));
            for (int i = 0; i < 200_000 && !attacker.closed() && attacker.send(frames.apply(i)); i++) {
                Thread.onSpinWait();
            }
            if (reading) {
                target.requireShownOut(attacker, Target.SOON, reason);
            } else {
                io.sluice.testkit.Await.until(() -> reason + ": " + target.lines(attacker), Target.SOON, () -> target.lines(attacker).toString().contains(reason));
            }
            ServerMemory.requireGrowthBelow(8, 48, before, target.memory());
        }
    }

    @Test
    void rapidResets() throws Exception {
        shownOut("HTTP/2: Maximum number", true, i -> join(frame(HEADERS, END_HEADERS | END_STREAM, 2 * i + 1, GET), frame(RST_STREAM, 0, 2 * i + 1, (byte) 0, (byte) 0, (byte) 0, (byte) 8)));
    }

    @Test
    void continuationsWithoutEnd() throws Exception {
        shownOut("HTTP/2: ", true, i -> i == 0 ? frame(HEADERS, END_STREAM, 1, GET) : frame(CONTINUATION, 0, 1));
        shownOut("HTTP/2: ", true, i -> i == 0 ? frame(HEADERS, END_STREAM, 1, GET) : frame(CONTINUATION, 0, 1, (byte) 0, (byte) 1, (byte) 'x', (byte) 1, (byte) 'y'));
        shownOut("HTTP/2: ", true, i -> i == 0 ? frame(HEADERS, END_STREAM, 1, GET) : frame(CONTINUATION, 0, 1, header(16_000)));
    }

    /** A literal header without indexing: x, and a value so long. */
    private static byte[] header(int length) {
        int rest = length - 127;
        return join(new byte[] {0, 1, 'x', 0x7F, (byte) (rest & 127 | 128), (byte) (rest >> 7 & 127)}, new byte[length]);
    }

    @Test
    void settingsThatWantAnAnswerWhichNobodyReads() throws Exception {
        byte[] many = new byte[9 * 1000];
        ByteBuffer all = ByteBuffer.wrap(many);
        for (int i = 0; i < 1000; i++) {
            all.put(frame(SETTINGS, 0, 0));
        }
        shownOut("it broke a rule or a limit of h2", false, i -> many);
    }

    @Test
    void pingsThatWantAnAnswerWhichNobodyReads() throws Exception {
        byte[] many = new byte[17 * 1000];
        ByteBuffer all = ByteBuffer.wrap(many);
        for (int i = 0; i < 1000; i++) {
            all.put(frame(PING, 0, 0, new byte[8]));
        }
        shownOut("it broke a rule or a limit of h2", false, i -> many);
    }

    @Test
    void emptyDataWithoutEnd() throws Exception {
        shownOut("HTTP/2: ", true, i -> i == 0 ? frame(HEADERS, END_HEADERS, 1, join(new byte[] {(byte) 0x83}, java.util.Arrays.copyOfRange(GET, 1, 6))) : frame(DATA, 0, 1));
    }

    @Test
    void framesThatAreNone() throws Exception {
        shownOut("HTTP/2: ", true, i -> frame(WINDOW_UPDATE, 0, 0, new byte[4]));
        shownOut("HTTP/2: ", true, i -> frame(DATA, 0, 0, new byte[4]));
        shownOut("HTTP/2: ", true, i -> new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 1, 4, 0, 0, 0, 1});
        shownOut("HTTP/2: ", true, i -> frame(HEADERS, END_HEADERS, 2, GET));
    }

    @Test
    void moreStreamsThanAllowedAreRefusedAndTheConnectionIsKeptSmall() throws Exception {
        ServerMemory before = target.memory();
        try (Attacker attacker = Attacker.connect(target.httpPort())) {
            attacker.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            attacker.send(frame(SETTINGS, 0, 0));
            byte[] post = join(new byte[] {(byte) 0x83}, java.util.Arrays.copyOfRange(GET, 1, 6));
            for (int i = 0; i < 2000 && attacker.send(frame(HEADERS, END_HEADERS, 2 * i + 1, post)); i++) {
                Thread.onSpinWait();
            }
            ServerMemory.requireGrowthBelow(8, 48, before, target.memory());
            assertTrue(attacker.received().length() > 0);
        }
    }
}
