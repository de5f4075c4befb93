package io.sluice.protocol.rtmp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufUtil;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.stream.Denied;
import io.sluice.format.rtmp.ChunkDecoder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PlayTest {
    private static final Track VIDEO = Track.video(0, Codec.H264, Wire.AVCC, 320, 240);
    private static final Track AUDIO = Track.audio(1, Codec.AAC, Wire.ASC, 48000, 2);
    private final FakeStreams streams = new FakeStreams();
    private final FakeConnection connection = new FakeConnection();
    private final ChunkDecoder client = new ChunkDecoder();
    private ConnectionHandler handler = open(Map.of());
    private boolean shaken;

    private ConnectionHandler open(Map<String, Object> config) {
        return new RtmpProtocol(streams, Configs.with(config), new WireChoices(4096, 1), connection).open(connection);
    }

    private List<Wire.Seen> seen() {
        if (!shaken) {
            connection.sent.skipBytes(1 + 2 * 1536);
            shaken = true;
        }
        return Wire.seen(client, connection.sent);
    }

    private List<String> media() {
        return seen().stream().filter(Wire.Seen::media).map(Wire.Seen::toString).toList();
    }

    private void play() {
        streams.declare(List.of(VIDEO, AUDIO));
        streams.write(0, 80_000_000, 0, true, new byte[] {0, 0, 0, 1, 0x65});
        handler.received(new Wire().play("mine").bytes);
    }

    @Test
    void aPlayerGetsStatusMetadataConfigurationsAndFrames() {
        play();
        List<String> all = seen().stream().map(Wire.Seen::toString).toList();
        String text = all.toString();
        assertTrue(text.indexOf("NetConnection.Connect.Success") < text.indexOf("NetStream.Play.Start"), text);
        assertTrue(text.indexOf("NetStream.Play.Start") < text.indexOf("onMetaData"), text);
        assertEquals(List.of("9@0 1700000000" + ByteBufUtil.hexDump(Wire.AVCC), "8@0 af001190", "9@0 17010000500000000165"), all.subList(all.size() - 3, all.size()));
        assertEquals("play mine", connection.role + " " + connection.stream);
    }

    @Test
    void theAnswerToConnectNamesTheEnhancedCodecs() {
        play();
        assertTrue(seen().toString().contains("fourCcList=[avc1, hvc1, av01, vp08, vp09, mp4a, Opus, .mp3]"));
    }

    @Test
    void playersGetFramesAsTheyCome() {
        play();
        seen();
        streams.write(1, 20_000_000, 20_000_000, true, new byte[] {0x21});
        assertEquals(List.of("8@20 af0121"), media());
    }

    @Test
    void aSlowPlayerIsNotWrittenToUntilItTakesBytes() {
        play();
        seen();
        connection.writable = false;
        streams.write(1, 20_000_000, 20_000_000, true, new byte[] {0x21});
        assertEquals(List.of(), media());
        connection.writable = true;
        handler.writable();
        assertEquals(List.of("8@20 af0121"), media());
    }

    @Test
    void aPauseStopsMediaAndAfterItThePlayerAsksForTheLivePointAgain() {
        play();
        handler.received(new Wire().command(1, "pause", 4, null, true, 0).bytes);
        seen();
        streams.write(1, 20_000_000, 20_000_000, true, new byte[] {0x21});
        assertEquals(List.of(), media());
        handler.received(new Wire().command(1, "pause", 5, null, false, 0).bytes);
        assertEquals(1, streams.readers.size());
        assertTrue(media().contains("8@20 af0121"));
    }

    @Test
    void theEndOfTheStreamIsSaidAndThePeerHasTimeToLeave() {
        play();
        streams.end();
        String all = seen().toString();
        assertTrue(all.contains("NetStream.Play.UnpublishNotify") && all.contains("NetStream.Play.Stop"), all);
        assertTrue(all.contains("4@0 000100000001"), all);
        assertNull(connection.closedBecause);
        connection.pass(TimeUnit.SECONDS.toNanos(2));
        assertEquals("mine ended: the publisher has gone", connection.closedBecause);
    }

    @Test
    void aPlayerWhoIsEndedIsToldWhyAndShownOut() {
        play();
        seen();
        streams.readers.get(0).cut.accept("your session was stopped");
        String all = seen().toString();
        assertTrue(all.contains("NetStream.Play.Failed") && all.contains("your session was stopped"), all);
        streams.write(1, 20_000_000, 20_000_000, true, new byte[] {0x21});
        assertEquals(List.of(), media(), "nothing comes after it");
        connection.pass(TimeUnit.SECONDS.toNanos(2));
        assertTrue(connection.closedBecause.contains("your session was stopped"));
    }

    @Test
    void whatThePeerAskedForAndCallsItselfIsTold() {
        handler.received(new Wire().play("mine?tkn=a").bytes);
        assertTrue(streams.played.url().endsWith("/mine?tkn=a"), streams.played.url());
        assertTrue(streams.played.url().startsWith("rtmp://"), streams.played.url());
        assertEquals("mine?tkn=a", streams.played.credentials().name());
    }

    @Test
    void aStreamThatIsNotThereIsNotFound() {
        streams.denial = new Denied(Denied.Reason.OFFLINE, "mine is offline.");
        handler.received(new Wire().play("mine").bytes);
        String all = seen().toString();
        assertTrue(all.contains("NetStream.Play.StreamNotFound") && all.contains("mine is offline."), all);
    }

    @Test
    void playingCanBeSwitchedOff() {
        handler = open(Map.of("acceptable", 2));
        handler.received(new Wire().play("mine").bytes);
        assertNull(streams.played);
        assertTrue(seen().toString().contains("does not accept players"));
    }

    @Test
    void pingsAreSentAndAnswered() {
        play();
        handler.received(new Wire().raw("02 000000 000006 04 00000000 0006 00000007").bytes);
        assertTrue(seen().toString().contains("4@0 000700000007"));
        connection.pass(TimeUnit.SECONDS.toNanos(10));
        assertTrue(seen().toString().contains("4@0 000600002710"));
    }

    @Test
    void aPlayerThatNeitherSendsNorTakesBytesForAMinuteIsDisconnectedAndOneThatTakesThemIsNot() {
        play();
        connection.pass(TimeUnit.SECONDS.toNanos(300));
        assertNull(connection.closedBecause);
        connection.writable = false;
        connection.pass(TimeUnit.SECONDS.toNanos(61));
        assertTrue(connection.closedBecause.contains("60 s"));
    }

    @Test
    void aPlayerThatLeavesGivesItsReaderBack() {
        play();
        handler.closed();
        assertEquals(0, streams.readers.size());
    }
}
