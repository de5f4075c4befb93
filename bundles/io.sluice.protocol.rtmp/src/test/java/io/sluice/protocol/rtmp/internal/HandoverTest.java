package io.sluice.protocol.rtmp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.Snapshot;
import io.sluice.format.rtmp.ChunkDecoder;
import io.sluice.format.rtmp.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HandoverTest {
    private static final WireChoices FIRST = new WireChoices(4096, 1);
    private static final WireChoices SECOND = new WireChoices(1000, 2);
    private static final int HANDSHAKE = 1 + 2 * 1536;

    private static RtmpProtocol version(FakeStreams streams, FakeConnection connection, WireChoices choices, Map<String, Object> config) {
        return new RtmpProtocol(streams, Configs.with(config), choices, connection);
    }

    /** Everything that a publisher's state has: small and large chunks, interleaved messages, short headers, extended times, a wait for the second track. */
    private static byte[] recording() {
        Wire wire = new Wire().publish("mine?key=K").metadata(Map.of("videocodecid", 7, "audiocodecid", 10));
        int t = 0xFFFFFF - 30;
        wire.video(t, "1700000000" + ByteBufUtil.hexDump(Wire.AVCC)).frame(t, 80, true, 300);
        wire.audio(t, "af001190").chunkBytes(200).frame(t + 40, -40, false, 450);
        wire.raw("46 000028 00012c 09" + "2701000000" + "aa".repeat(195));
        wire.raw("44 000017 000003 08 af0121");
        wire.raw("c6" + "bb".repeat(100));
        wire.raw("84 000017 af0122" + "c4 af0123");
        wire.frame(t + 120, 0, true, 900).audio(t + 130, "af0124");
        return ByteBufUtil.getBytes(wire.bytes);
    }

    private static List<String> uncut(byte[] recording) {
        FakeStreams streams = new FakeStreams();
        FakeConnection connection = new FakeConnection();
        version(streams, connection, FIRST, Map.of()).open(connection).received(Unpooled.wrappedBuffer(recording));
        return streams.lines();
    }

    @Test
    void aPublisherMayBeHandedOverAfterAnyByte() {
        byte[] recording = recording();
        List<String> expected = uncut(recording);
        assertEquals(8, expected.size());
        for (int cut = HANDSHAKE; cut <= recording.length; cut++) {
            boolean up = cut % 2 == 0;
            FakeStreams streams = new FakeStreams();
            FakeConnection connection = new FakeConnection();
            ConnectionHandler handler = version(streams, connection, up ? FIRST : SECOND, Map.of()).open(connection);
            ByteBuf come = Unpooled.buffer();
            come.writeBytes(recording, 0, cut);
            handler.received(come);
            assertTrue(come.readableBytes() < 18);
            Snapshot snapshot = handler.snapshot();
            connection.forgetTimers();
            handler = version(streams, connection, up ? SECOND : FIRST, Map.of()).resume(connection, snapshot);
            come.writeBytes(recording, cut, recording.length - cut);
            handler.received(come);
            assertEquals(expected, streams.lines(), "cut after " + cut + " bytes");
            assertEquals(1, streams.trackChanges);
        }
    }

    @Test
    void aPublisherMayBeHandedOverAfterEveryByte() {
        byte[] recording = recording();
        FakeStreams streams = new FakeStreams();
        FakeConnection connection = new FakeConnection();
        ConnectionHandler handler = version(streams, connection, FIRST, Map.of()).open(connection);
        ByteBuf come = Unpooled.buffer();
        for (int i = 0; i < recording.length; i++) {
            come.writeByte(recording[i]);
            handler.received(come);
            Snapshot snapshot = handler.snapshot();
            if (snapshot != null) {
                connection.forgetTimers();
                handler = version(streams, connection, i % 2 == 0 ? SECOND : FIRST, Map.of()).resume(connection, snapshot);
            }
        }
        assertEquals(uncut(recording), streams.lines());
    }

    @Test
    void aPlayerGetsEveryFrameOnceAndIsToldTheNewChunkSizeFirst() {
        FakeStreams streams = new FakeStreams();
        FakeConnection connection = new FakeConnection();
        streams.declare(List.of(Track.video(0, Codec.H264, Wire.AVCC, 320, 240)));
        ConnectionHandler handler = version(streams, connection, FIRST, Map.of()).open(connection);
        handler.received(new Wire().play("mine").bytes);
        List<String> sizes = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        ChunkDecoder client = new ChunkDecoder();
        connection.sent.skipBytes(HANDSHAKE);
        for (int i = 0; i < 20; i++) {
            streams.write(0, i * 40_000_000L, i * 40_000_000L, i == 0, new byte[5000]);
            Snapshot snapshot = handler.snapshot();
            assertNotNull(snapshot);
            connection.forgetTimers();
            handler = version(streams, connection, i % 2 == 0 ? SECOND : FIRST, Map.of()).resume(connection, snapshot);
            for (Wire.Seen s : Wire.seen(client, connection.sent)) {
                if (s.type() == Message.SET_CHUNK_SIZE) {
                    sizes.add(s.text());
                } else if (s.media() && s.payload()[1] == 1) {
                    times.add(s.timestamp());
                }
            }
        }
        assertEquals(LongStream.range(0, 20).map(i -> i * 40).boxed().toList(), times);
        assertEquals(21, sizes.size());
        assertEquals(List.of("00001000", "000003e8", "00001000"), sizes.subList(0, 3));
        assertEquals(1, streams.readers.size());
    }

    @Test
    void aPauseAThrottleAndADebtGoOn() {
        FakeStreams streams = new FakeStreams();
        FakeConnection connection = new FakeConnection();
        Map<String, Object> slow = Map.of("maxKbps", 100);
        ConnectionHandler handler = version(streams, connection, FIRST, slow).open(connection);
        handler.received(new Wire().publish("mine").metadata(Map.of("videocodecid", 7)).configurations(0).frame(0, 0, true, 100).bytes);
        handler.received(new Wire().frame(40, 0, true, 20_000).bytes);
        assertFalse(connection.reading);
        Snapshot snapshot = handler.snapshot();
        connection.forgetTimers();
        version(streams, connection, SECOND, slow).resume(connection, snapshot);
        connection.pass(TimeUnit.SECONDS.toNanos(1));
        assertFalse(connection.reading);
        connection.pass(TimeUnit.SECONDS.toNanos(2));
        assertTrue(connection.reading);
    }

    @Test
    void aPausedPlayerStaysPaused() {
        FakeStreams streams = new FakeStreams();
        FakeConnection connection = new FakeConnection();
        streams.declare(List.of(Track.video(0, Codec.H264, Wire.AVCC, 320, 240)));
        ConnectionHandler handler = version(streams, connection, FIRST, Map.of()).open(connection);
        handler.received(new Wire().play("mine").command(1, "pause", 4, null, true, 0).bytes);
        ConnectionHandler next = version(streams, connection, FIRST, Map.of()).resume(connection, handler.snapshot());
        int writes = connection.writes;
        streams.write(0, 0, 0, true, new byte[10]);
        assertEquals(writes, connection.writes);
        next.received(new Wire().command(1, "pause", 5, null, false, 0).bytes);
        assertTrue(connection.writes > writes);
    }

    @Test
    void aSnapshotTwoVersionsAwayIsRefusedAndNothingIsTaken() {
        FakeStreams streams = new FakeStreams();
        FakeConnection connection = new FakeConnection();
        ConnectionHandler handler = version(streams, connection, FIRST, Map.of()).open(connection);
        handler.received(new Wire().publish("mine").bytes);
        Snapshot snapshot = handler.snapshot();
        RtmpProtocol third = version(streams, connection, new WireChoices(4096, 3), Map.of());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> third.resume(connection, snapshot)).getMessage().contains("2 to 4, not 1"));
        Snapshot empty = Snapshot.of(1).build();
        assertThrows(IllegalArgumentException.class, () -> version(streams, connection, FIRST, Map.of()).resume(connection, empty));
    }

    @Test
    void aHandshakeIsNotHandedOver() {
        FakeConnection connection = new FakeConnection();
        ConnectionHandler handler = version(new FakeStreams(), connection, FIRST, Map.of()).open(connection);
        assertNull(handler.snapshot());
    }

    @Test
    void schemaTwoStillHasTheNameThatSchemaOneReads() {
        Snapshot two = new ChunkDecoder().snapshot(2);
        assertEquals(two.number("chunkIn"), two.number("inboundChunkBytes"));
        assertFalse(new ChunkDecoder().snapshot(1).has("inboundChunkBytes"));
    }
}
