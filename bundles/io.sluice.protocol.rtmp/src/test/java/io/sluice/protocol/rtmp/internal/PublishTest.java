package io.sluice.protocol.rtmp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.ProtocolException;
import io.sluice.api.stream.Denied;
import io.sluice.format.rtmp.Message;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PublishTest {
    private static final Map<String, Object> BOTH = Map.of("videocodecid", 7, "audiocodecid", 10);
    private final FakeStreams streams = new FakeStreams();
    private final FakeConnection connection = new FakeConnection();
    private ConnectionHandler handler = open(Map.of());

    private ConnectionHandler open(Map<String, Object> config) {
        return new RtmpProtocol(streams, Configs.with(config), new WireChoices(4096, 1), connection).open(connection);
    }

    private void send(Wire wire) {
        handler.received(wire.bytes);
    }

    private String sent() {
        return Wire.seen(connection.sent, true).toString();
    }

    @Test
    void picturesAndSoundBecomeFramesWithTheirTimes() {
        send(new Wire().publish("mine?key=K").metadata(BOTH).configurations(0).frame(1000, 80, true, 6).audio(1005, "af01 2111").frame(1040, -40, false, 6));
        assertEquals(List.of("0 1080 1000 key 00000006650726456483", "1 1005 1005 key 2111", "0 1000 1040 00000006412f4e6d8cab"), streams.lines());
        assertEquals("[H.264 320x240, AAC 48000 Hz 2 ch]", streams.tracks.list().toString());
        assertEquals(1, streams.trackChanges);
        assertEquals("publish mine", connection.role + " " + connection.stream);
        assertEquals("live|mine?key=K", streams.published.credentials().app() + "|" + streams.published.credentials().name());
        assertTrue(sent().contains("NetStream.Publish.Start"));
    }

    @Test
    void timesGoOnBeyond24And31And32Bits() {
        for (long edge : new long[] {1L << 24, 1L << 31, 1L << 32}) {
            streams.frames.clear();
            handler = open(Map.of());
            long t = edge - 60;
            send(new Wire().publish("mine").metadata(BOTH).configurations((int) t));
            for (int i = 0; i < 5; i++) {
                send(new Wire().frame((int) (t + 40 * i), 0, i == 0, 6).audio((int) (t + 40 * i - 20), "af0121"));
            }
            List<Long> video = streams.frames.stream().filter(f -> f.isVideo()).map(f -> f.dtsNanos() / 1_000_000).toList();
            assertEquals(List.of(t, t + 40, t + 80, t + 120, t + 160), video);
            assertEquals(t + 140, streams.frames.get(9).dtsNanos() / 1_000_000);
        }
    }

    @Test
    void tracksThatWereAnnouncedAreWaitedForAndFramesAreKeptMeanwhile() {
        send(new Wire().publish("mine").metadata(BOTH).video(0, "1700000000" + ByteBufUtil.hexDump(Wire.AVCC)).frame(0, 0, true, 6));
        assertEquals(0, streams.trackChanges);
        send(new Wire().audio(5, "af001190"));
        assertEquals(1, streams.trackChanges);
        assertEquals(1, streams.frames.size());
    }

    @Test
    void aTrackThatNeverComesIsWaitedForASecondAndMayComeLater() {
        send(new Wire().publish("mine").metadata(BOTH).video(0, "1700000000" + ByteBufUtil.hexDump(Wire.AVCC)).frame(0, 0, true, 6));
        connection.pass(TimeUnit.SECONDS.toNanos(1));
        assertEquals("[H.264 320x240]", streams.tracks.list().toString());
        assertEquals(1, streams.frames.size());
        send(new Wire().audio(5000, "af001190").audio(5000, "af0121"));
        assertEquals(2, streams.trackChanges);
        assertEquals(2, streams.frames.size());
    }

    @Test
    void aPictureOnlyStreamThatSaysSoIsNotHeldUp() {
        send(new Wire().publish("mine").metadata(Map.of("videocodecid", 7)).video(0, "1700000000" + ByteBufUtil.hexDump(Wire.AVCC)));
        assertEquals(1, streams.trackChanges);
    }

    @Test
    void framesBeforeTheirConfigurationAreDropped() {
        send(new Wire().publish("mine").metadata(BOTH).frame(0, 0, true, 6).configurations(0));
        assertEquals(0, streams.frames.size());
    }

    @Test
    void aNewConfigurationDeclaresTheTracksAgainAndTheSameOneDoesNot() {
        send(new Wire().publish("mine").metadata(BOTH).configurations(0).configurations(40));
        assertEquals(1, streams.trackChanges);
        send(new Wire().audio(80, "af001210"));
        assertEquals(2, streams.trackChanges);
        assertEquals(44100, streams.tracks.byId(1).orElseThrow().sampleRate());
    }

    @Test
    void enhancedCodecsComeIn() {
        send(new Wire().publish("mine").metadata(Map.of("videocodecid", 1635135537, "audiocodecid", 1332770163, "width", 64, "height", 48))
            .video(0, "90 61763031 81010c000a0b0000000cc5036936be4010").audio(0, "90 4f707573 4f70757348656164 01 02 3801 80bb0000 0000 00")
            .video(0, "91 61763031 0a0b").audio(0, "91 4f707573 fcaabb"));
        assertEquals(List.of(Codec.AV1, Codec.OPUS), streams.tracks.list().stream().map(t -> t.codec()).toList());
        assertEquals(List.of("0 0 0 key 0a0b", "1 0 0 key fcaabb"), streams.lines());
    }

    @Test
    void nalLengthsOfTwoBytesBecomeFour() {
        byte[] two = Wire.AVCC.clone();
        two[4] = (byte) 0xFD;
        send(new Wire().publish("mine").metadata(Map.of("videocodecid", 7)).video(0, "1700000000" + ByteBufUtil.hexDump(two)).video(0, "1701000000 0002 6588 0001 09"));
        assertEquals(List.of("0 0 0 key 0000000265880000000109"), streams.lines());
        assertEquals(0xFF, streams.tracks.byId(0).orElseThrow().configuration()[4] & 0xFF);
    }

    @Test
    void mp3SaysWhatItIsWithItsFirstFrame() {
        send(new Wire().publish("mine").metadata(Map.of("audiocodecid", 2)).audio(0, "2f fffb9464 0000"));
        assertEquals("[MP3 48000 Hz 2 ch]", streams.tracks.list().toString());
        assertEquals(List.of("1 0 0 key fffb94640000"), streams.lines());
    }

    @Test
    void aggregatesAreTakenApart() {
        send(new Wire().publish("mine").metadata(BOTH).configurations(0).message(7, 5000, Message.AGGREGATE, 1, Unpooled.wrappedBuffer(
            Wire.hex("08 000003 000064 00 000000 af0121 0000000e" + "08 000003 000078 00 000000 af0122 0000000e"))));
        assertEquals(List.of("1 5000 5000 key 21", "1 5020 5020 key 22"), streams.lines());
    }

    @Test
    void commandsInAnAmf3EnvelopeAreUnderstood() {
        Wire wire = new Wire().connect();
        wire.message(3, 0, Message.COMMAND_AMF3, 1, Unpooled.wrappedBuffer(
            Wire.hex("00 020007 7075626c697368 004008000000000000 05 020004 6d696e65")));
        send(wire);
        assertEquals("mine", streams.published.credentials().name());
    }

    @Test
    void aRefusedPublisherIsToldWhyAndShownOut() {
        streams.denial = new Denied(Denied.Reason.KEY, "The key is wrong.");
        send(new Wire().publish("mine"));
        String sent = sent();
        assertTrue(sent.contains("NetStream.Publish.BadName") && sent.contains("The key is wrong."), sent);
        assertNull(connection.closedBecause);
        connection.pass(TimeUnit.SECONDS.toNanos(3));
        assertEquals("refused: The key is wrong.", connection.closedBecause);
    }

    @Test
    void publishingCanBeSwitchedOff() {
        handler = open(Map.of("acceptable", 1));
        send(new Wire().publish("mine"));
        assertNull(streams.published);
        assertTrue(sent().contains("does not accept publishers"));
    }

    @Test
    void aSecondPublishOnTheSameConnectionIsRefusedAndTheFirstGoesOn() {
        send(new Wire().publish("mine").command(1, "publish", 4, null, "other", "live"));
        assertTrue(sent().contains("already publishes"));
        connection.pass(TimeUnit.SECONDS.toNanos(5));
        assertNull(connection.closedBecause);
        assertFalse(streams.publisher.gone.isDone());
    }

    @Test
    void credentialsComeFromAppQueryAndAddress() {
        send(new Wire().handshake().command(0, "connect", 1, Map.of("app", "live?key=a%26b", "tcUrl", "rtmp://me:p%40ss@host/live")).command(1, "publish", 3, null, "mine"));
        var c = streams.published.credentials();
        assertEquals("live|mine|{key=a&b}|me|p@ss", c.app() + "|" + c.name() + "|" + c.parameters() + "|" + c.user() + "|" + c.password());
    }

    @Test
    void theEndOfAPublisherIsPassedOn() {
        send(new Wire().publish("mine").command(1, "deleteStream", 4, null, 1));
        assertTrue(streams.publisher.gone.isDone());
        assertEquals("", connection.role);
    }

    @Test
    void aPublisherThatTheCoreEndsIsToldWhy() {
        send(new Wire().publish("mine"));
        streams.publisher.onEnd.accept("somebody with the key took over");
        assertTrue(sent().contains("somebody with the key took over"));
        assertEquals("somebody with the key took over", connection.closedBecause);
    }

    @Test
    void anAnswerThatComesAfterThePeerHasGoneIsGivenBack() {
        streams.gate = new CompletableFuture<>();
        send(new Wire().publish("mine"));
        assertNull(handler.snapshot());
        handler.closed();
        streams.gate.complete(null);
        assertTrue(streams.publisher.gone.isDone());
    }

    @Test
    void intakeIsSlowedDownToTheConfiguredRate() {
        handler = open(Map.of("maxKbps", 100));
        send(new Wire().publish("mine").metadata(BOTH).configurations(0));
        send(new Wire().frame(0, 0, true, 20_000));
        assertFalse(connection.reading);
        connection.pass(TimeUnit.MILLISECONDS.toNanos(900));
        assertFalse(connection.reading);
        connection.pass(TimeUnit.MILLISECONDS.toNanos(800));
        assertTrue(connection.reading);
    }

    @Test
    void whatCameIsAcknowledgedByTheWindow() {
        send(new Wire().publish("mine").message(2, 0, Message.WINDOW_ACK_SIZE, 0, Unpooled.buffer().writeInt(4000)));
        send(new Wire().metadata(BOTH).configurations(0).frame(0, 0, true, 5000));
        long acks = Wire.seen(connection.sent, true).stream().filter(s -> s.type() == Message.ACKNOWLEDGEMENT).count();
        assertTrue(acks >= 1);
    }

    @Test
    void aBrokenConfigurationEndsTheConnectionWithItsReason() {
        Wire wire = new Wire().publish("mine").video(0, "1700000000 02aabbcc");
        assertTrue(assertThrows(ProtocolException.class, () -> send(wire)).getMessage().contains("AVCDecoderConfigurationRecord"));
    }

    @Test
    void aPeerThatDoesNothingIsDisconnected() {
        send(new Wire().handshake());
        connection.pass(TimeUnit.SECONDS.toNanos(31));
        assertTrue(connection.closedBecause.contains("neither published nor played"));
    }

    @Test
    void unknownCommandsAreAnsweredWithAnError() {
        send(new Wire().connect().command(0, "makeCoffee", 9, null));
        assertTrue(sent().contains("[_error, 9.0, null, {level=error, code=NetConnection.Call.Failed, description=There is no command 'makeCoffee'.}]"));
    }
}
