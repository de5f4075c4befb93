package io.sluice.itests.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.rtmp.Amf0;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RTMP that breaks its rules or its limits: rows 3, 4, 5 of the threats, and the cases of chunks and AMF. */
@Tag("once")
class RtmpAttacksIT {
    @RegisterExtension
    static final Attacked ATTACKED = new Attacked();

    private final Target target = ATTACKED.get();

    /** @param attack begins after the handshake */
    private void shownOut(String reason, Consumer<Attacker> attack) throws Exception {
        try (Attacker attacker = Attacker.connect(target.rtmpPort())) {
            attack.accept(attacker.shakeHands());
            target.requireShownOut(attacker, Target.SOON, reason);
        }
    }

    @Test
    void row3MessageLengthChangedMidMessage() throws Exception {
        byte[] begun = Attacker.chunk(3, 20, 1000, new byte[128]);
        shownOut("a new header (type 0) came after 128 of a message's 1000 bytes", a -> {
            a.send(begun);
            a.send(Attacker.chunk(3, 20, 2000, new byte[128]));
        });
        shownOut("a new header (type 1) came", a -> {
            a.send(begun);
            a.hex("43 000000 ffffff 14");
        });
    }

    @Test
    void row4ChunkSizesOf0And2To31AndAbove() throws Exception {
        shownOut("Set Chunk Size to 0", a -> a.chunkSize(0));
        shownOut("Set Chunk Size to 2147483648", a -> a.chunkSize(0x80000000));
        shownOut("a message of 16777215 bytes, at most", a -> {
            a.chunkSize(Integer.MAX_VALUE);
            a.send(Attacker.chunk(3, 20, 0xFFFFFF));
        });
    }

    @Test
    void row4ThePublishersChunkSizeOf2To31AllocatesNothing() throws Exception {
        ServerMemory before = target.memory();
        List<Attacker> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Attacker a = Attacker.connect(target.rtmpPort()).shakeHands().publish("big" + i + "?key=" + SluiceServer.PUBLISH_KEY);
            a.chunkSize(Integer.MAX_VALUE);
            a.send(Attacker.chunk(6, 9, 8 << 20, new byte[1]));
            all.add(a);
        }
        ServerMemory.requireGrowthBelow(8, 48, before, target.memory());
        for (Attacker a : all) {
            a.close();
        }
    }

    @Test
    void row5DeclaredSizesWithoutBodiesOnManyConnectionsCostWhatWasSent() throws Exception {
        ServerMemory before = target.memory();
        List<Attacker> all = new ArrayList<>();
        ByteArrayOutputStream begun = new ByteArrayOutputStream();
        for (int stream = 2; stream < 64; stream++) {
            begun.writeBytes(Attacker.chunk(stream, 20, 16_000, new byte[128]));
        }
        for (int i = 0; i < 300; i++) {
            Attacker a = Attacker.connect(target.rtmpPort()).shakeHandsBlindly();
            a.send(begun.toByteArray());
            all.add(a);
        }
        Await.until("all have shaken hands", Target.SOON, () -> all.stream().allMatch(a -> a.received().length() >= 3073));
        ServerMemory.requireGrowthBelow(20, 64, before, target.memory());
        for (Attacker a : all) {
            a.awaitClosed(java.time.Duration.ofSeconds(Target.RTMP_IDLE_SECONDS + 5));
            a.close();
        }
        assertTrue(target.lines(all.get(0)).toString().contains("the peer neither published nor played"), () -> "the log says why: " + target.lines(all.get(0)));
    }

    @Test
    void row5WhoDoesNotPublishHoldsNoMoreThanCommands() throws Exception {
        shownOut("a message of 8388608 bytes, at most 16384 are taken", a -> a.send(Attacker.chunk(6, 9, 8 << 20, new byte[128])));
        byte[] part = new byte[128];
        shownOut("unfinished messages of more than 32768 bytes", a -> {
            for (int round = 0; round < 10; round++) {
                for (int stream = 3; stream < 60; stream++) {
                    a.send(round == 0 ? Attacker.chunk(stream, 20, 16_000, part) : ByteBuffer.allocate(129).put((byte) (0xC0 | stream)).put(part).array());
                }
            }
        });
    }

    @Test
    void row5ChunksOfOneByteCostLittleMoreThanTheirBytes() throws Exception {
        try (Attacker a = Attacker.connect(target.rtmpPort()).shakeHands().publish("onebyte?key=" + SluiceServer.PUBLISH_KEY)) {
            a.chunkSize(1);
            long cpuBefore = ServerMemory.cpuMillis(target.server().pid());
            int bytes = 4 << 20;
            byte[] wire = new byte[2 * bytes];
            for (int i = 0; i < wire.length; i += 2) {
                wire[i] = (byte) (0xC0 | 6);
            }
            a.send(Attacker.chunk(6, 9, bytes));
            a.send(Arrays.copyOfRange(wire, 1, wire.length));
            a.send(Attacker.chunk(4, 20, 0xFFFFFF));
            target.requireShownOut(a, Target.PATIENCE, "a message of 16777215 bytes");
            long cpu = ServerMemory.cpuMillis(target.server().pid()) - cpuBefore;
            System.out.println("4 MiB in chunks of 1 byte: " + cpu + " ms of processor time");
            assertTrue(cpu < 4_000, "8 MiB on the wire took " + cpu + " ms, wanted below 4000: half a microsecond for each byte");
        }
    }

    @Test
    void tooManyChunkStreamsAndHeadersThatNeedOneBefore() throws Exception {
        shownOut("more than 64 chunk streams", a -> {
            for (int id = 64; id < 200; id++) {
                a.send(new byte[] {0, (byte) (id - 64), 0, 0, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0});
            }
        });
        shownOut("begins with a header of type 3", a -> a.hex("c7 00"));
        shownOut("a control message of type 1 with 0 bytes", a -> a.send(Attacker.chunk(2, 1, 0)));
    }

    @Test
    void amfNested10000Deep() throws Exception {
        ByteArrayOutputStream objects = new ByteArrayOutputStream();
        objects.writeBytes(Amf0.encode("connect", 1));
        for (int i = 0; i < 10_000; i++) {
            objects.writeBytes(new byte[] {3, 0, 0});
        }
        shownOut("a message of", a -> a.send(Attacker.message(3, 20, objects.toByteArray())));
        shownOut("nested deeper than 32", a -> a.send(Attacker.message(3, 20, Arrays.copyOf(objects.toByteArray(), 15_000))));
        try (Attacker a = Attacker.connect(target.rtmpPort()).shakeHands().publish("nested?key=" + SluiceServer.PUBLISH_KEY)) {
            ByteArrayOutputStream arrays = new ByteArrayOutputStream();
            arrays.writeBytes(Amf0.encode("@setDataFrame", "onMetaData"));
            for (int i = 0; i < 10_000; i++) {
                arrays.writeBytes(new byte[] {10, 0, 0, 0, 1});
            }
            a.send(Attacker.message(5, 18, arrays.toByteArray()));
            Await.until(() -> "one line about data that a publisher may send and nobody reads: " + target.lines(a), Target.SOON,
                () -> target.lines(a).stream().filter(l -> l.contains("sends data that cannot be read: AMF0 nested deeper than 32")).count() == 1);
        }
    }

    @Test
    void amfThatLiesAboutItsLengths() throws Exception {
        for (String lie : List.of("0a 7fffffff", "0c 7fffffff 41", "02 ffff 41", "11 00", "08 ffffffff 0001 61 02 ffff")) {
            byte[] name = Amf0.encode("connect", 1);
            byte[] rest = java.util.HexFormat.of().parseHex(lie.replace(" ", ""));
            shownOut("AMF", a -> a.send(Attacker.message(3, 20, ByteBuffer.allocate(name.length + rest.length).put(name).put(rest).array())));
        }
    }

    @Test
    void answersThatNobodyTakesAreBounded() throws Exception {
        ServerMemory before = target.memory();
        byte[] command = Attacker.message(3, 20, Amf0.encode("_checkbw", 7));
        byte[] ping = Attacker.chunk(2, 4, 6, (byte) 0, (byte) 6, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
        try (Attacker asks = Attacker.deaf(target.rtmpPort()).shakeHandsBlindly(); Attacker pings = Attacker.deaf(target.rtmpPort()).shakeHandsBlindly()) {
            byte[] commands = repeated(command, 2_000);
            byte[] many = repeated(ping, 5_000);
            boolean open = true;
            for (int i = 0; i < 300 && open; i++) {
                open = asks.send(commands);
                pings.send(many);
            }
            ServerMemory.requireGrowthBelow(20, 64, before, target.memory());
            Await.until(() -> "the asker is shown out: " + target.lines(asks), Target.SOON, () -> target.lines(asks).toString().contains("takes no answers"));
        }
    }

    private static byte[] repeated(byte[] what, int times) {
        ByteBuffer all = ByteBuffer.allocate(what.length * times);
        for (int i = 0; i < times; i++) {
            all.put(what);
        }
        return all.array();
    }

    @Test
    void otherProtocolsThanTheOffered() throws Exception {
        for (String first : List.of("06 00 00", "16 0301 0200 01", "80 2e 01 03", "ffffffff", "50 4f 53 54 20")) {
            try (Attacker a = Attacker.connect(target.rtmpPort())) {
                a.hex(first);
                target.requireShownOut(a, Target.SOON, "spoke none of: rtmp");
            }
        }
    }
}
