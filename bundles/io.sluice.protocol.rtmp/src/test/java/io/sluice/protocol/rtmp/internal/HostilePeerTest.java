package io.sluice.protocol.rtmp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.ProtocolException;
import io.sluice.testkit.fuzz.Fuzz;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Peers that want more of us than they give. */
class HostilePeerTest {
    /** A chunk stream is remembered after a header of 12 bytes: its entry, its state, and a first buffer. */
    private static final int BYTES_PER_BYTE = 64;
    private final FakeConnection connection = new FakeConnection();
    private final ConnectionHandler handler = open();

    private ConnectionHandler open() {
        return new RtmpProtocol(new FakeStreams(), Configs.with(Map.of()), new WireChoices(4096, 1), connection).open(connection);
    }

    @Test
    void whoDoesNotPublishSendsNoLargeMessage() {
        handler.received(new Wire().connect().bytes);
        ByteBuf large = new Wire().message(6, 0, Message.VIDEO, 1, Unpooled.buffer().writeZero(16_385)).bytes;
        assertTrue(assertThrows(ProtocolException.class, () -> handler.received(large)).getMessage().startsWith("a message of 16385 bytes, at most 16384"));
    }

    @Test
    void whoPublishesDoes() {
        handler.received(new Wire().publish("mine").message(6, 0, Message.VIDEO, 1, Unpooled.buffer().writeByte(0x17).writeByte(1).writeZero(100_000)).bytes);
        assertEquals("publish", connection.role);
    }

    @Test
    void whoTakesNoAnswersMayNotAskForEver() {
        handler.received(new Wire().connect().bytes);
        connection.writable = false;
        assertTrue(assertThrows(ProtocolException.class, () -> {
            for (int i = 0; i < 1000; i++) {
                handler.received(new Wire().command(0, "_checkbw", i).bytes);
            }
        }).getMessage().contains("takes no answers"));
    }

    @Test
    void whoTakesNoAnswersIsSentNoPongs() {
        handler.received(new Wire().connect().bytes);
        connection.writable = false;
        int before = connection.writes;
        handler.received(new Wire().message(2, 0, Message.USER_CONTROL, 0, Unpooled.buffer().writeShort(Outbox.PING_REQUEST).writeInt(7)).bytes);
        assertEquals(before, connection.writes);
    }

    @Test
    void damagedChunksAreReadOrRefusedAndCostWhatTheyWeigh() {
        byte[] seed = bytes(new Wire().command(0, "connect", 1, Map.of("app", "live")).message(6, 40, Message.VIDEO, 1, Unpooled.buffer().writeByte(0x17).writeZero(700))
            .message(4, 60, Message.AUDIO, 1, Unpooled.buffer().writeZero(300)));
        byte[] many = Arrays.copyOf(Wire.hex("04 0003e8 000002 08 01000000 aaaa" + "44 000014 000001 08 bb" + "84 00000a cc" + "c4 dd" + "00 ff 000000 000001 08 01000000 bb"), 80);
        new Fuzz("RTMP chunks", ProtocolException.class, BYTES_PER_BYTE).run(List.of(seed, many), input -> {
            ChunkDecoder decoder = new ChunkDecoder();
            ByteBuf in = Unpooled.wrappedBuffer(input);
            decoder.decode(in.slice(0, input.length / 2), () -> 8 << 20, m -> { });
            ByteBuf rest = in.skipBytes(input.length / 2);
            decoder.decode(rest, () -> 8 << 20, m -> {
                if (m.type() == Message.SET_CHUNK_SIZE && m.payload().readableBytes() > 3) {
                    decoder.chunkBytes(m.payload().getInt(m.payload().readerIndex()));
                }
            });
        });
    }

    private static byte[] bytes(Wire wire) {
        byte[] bytes = new byte[wire.bytes.readableBytes()];
        wire.bytes.readBytes(bytes);
        return bytes;
    }
}
