package io.sluice.source.file.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.source.SourceRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaybackTest {
    static final Path CLIP = Path.of("../io.sluice.demo/src/main/resources/demo.mp4");
    private static final long SECOND = 1_000_000_000L;
    private static final int PICTURE = 1;
    private static final int SOUND = 2;

    private final ManualLoop loop = new ManualLoop();
    private final Recorder stream = new Recorder();
    private final List<String> ended = new ArrayList<>();
    private SeekableByteChannel channel;

    private Playback play(String uri, Playback.Opener opener) {
        SourceRequest request = new SourceRequest(URI.create(uri), stream, loop, Runnable::run, ended::add);
        Playback playback = new Playback(request, SourceUri.parse(request.uri()), () -> channel = opener.open(), loop::nanoTime);
        playback.start();
        return playback;
    }

    private Playback demo(String uri) {
        return play(uri, () -> Files.newByteChannel(CLIP));
    }

    @Test
    void aSecondComesAtOnceAndTheRestInRealTime() {
        demo("file:demo.mp4?loop=true");
        loop.advance(0);
        assertEquals("[H.264 1280x720, AAC 48000 Hz 2 ch]", stream.tracks.toString());
        assertEquals(30, stream.of(PICTURE).size(), 3);
        loop.advance(9 * SECOND);
        assertEquals(300, stream.of(PICTURE).size(), 3);
        assertEquals(469, stream.of(SOUND).size(), 5);
        assertTrue(stream.frames.get(0).key());
    }

    @Test
    void roundAfterRoundTimesRiseAndSoundStaysOnItsGrid() {
        demo("file:demo.mp4?loop=true");
        loop.advance(240 * SECOND);
        rising(stream.of(PICTURE));
        rising(stream.of(SOUND));
        List<Recorder.Written> sound = stream.of(SOUND);
        for (int i = 0; i < sound.size(); i++) {
            assertEquals(sound.get(0).pts() + i * 1024L * SECOND / 48000, sound.get(i).pts(), 1);
        }
        long firstShown = stream.of(PICTURE).get(0).pts();
        assertEquals(firstShown + 24 * SECOND, stream.of(PICTURE).get(720).pts(), 1);
        assertEquals(firstShown, sound.get(0).pts());
        assertTrue(stream.frames.stream().allMatch(f -> f.dts() >= 0));
    }

    private static void rising(List<Recorder.Written> frames) {
        for (int i = 1; i < frames.size(); i++) {
            assertTrue(frames.get(i).dts() > frames.get(i - 1).dts());
        }
    }

    @Test
    void eachRoundHasTheSameBytesAndNothingIsKept() {
        demo("file:demo.mp4?loop=true");
        loop.advance(50 * SECOND);
        List<Recorder.Written> pictures = stream.of(PICTURE);
        for (int i = 0; i < 720; i++) {
            assertEquals(pictures.get(i).hash(), pictures.get(720 + i).hash());
        }
        assertTrue(stream.payloads.stream().allMatch(p -> p.refCnt() == 0));
    }

    @Test
    void onceEndsWithAllFramesWritten() {
        demo("file:demo.mp4");
        loop.advance(30 * SECOND);
        assertEquals(List.of(""), ended);
        assertEquals(720 + 1125, stream.frames.size());
        assertFalse(channel.isOpen());
    }

    @Test
    void closeStopsAtOnceAndFreesTheFile() {
        Playback playback = demo("file:demo.mp4?loop=true");
        loop.advance(SECOND);
        int before = stream.frames.size();
        playback.close();
        loop.advance(10 * SECOND);
        assertEquals(before, stream.frames.size());
        assertFalse(channel.isOpen());
        assertEquals(List.of(), ended);
    }

    @Test
    void closeBeforeTheFileIsOpenFreesItToo() {
        Playback playback = demo("file:demo.mp4?loop=true");
        playback.close();
        loop.advance(SECOND);
        assertFalse(channel.isOpen());
        assertEquals(List.of(), stream.frames);
    }

    @Test
    void aHeldUpProcessGoesOnWithoutPouringOutWhatItMissed() {
        demo("file:demo.mp4?loop=true");
        loop.advance(5 * SECOND);
        int before = stream.of(PICTURE).size();
        loop.freeze(60 * SECOND);
        loop.advance(2 * SECOND);
        int came = stream.of(PICTURE).size() - before;
        assertTrue(came > 30 && came < 5 * 30, "pictures: " + came);
        rising(stream.of(PICTURE));
    }

    @Test
    void whatCannotBeReadIsSaidOnce() {
        play("file:notes.txt", () -> new MemoryChannel("no film at all".getBytes()));
        loop.advance(SECOND);
        assertEquals(1, ended.size());
        assertTrue(ended.get(0).startsWith("file:notes.txt cannot be read: "), ended.get(0));
        assertFalse(channel.isOpen());
    }

    @Test
    void aFileThatShrinksWhileItPlaysEndsTheStreamWithAReason() throws IOException {
        byte[] whole = Files.readAllBytes(CLIP);
        boolean[] cut = new boolean[1];
        play("file:demo.mp4?loop=true", () -> new ShrinkingChannel(whole, cut));
        loop.advance(SECOND);
        cut[0] = true;
        loop.advance(10 * SECOND);
        assertEquals(1, ended.size());
        assertTrue(ended.get(0).contains("the file has ended at byte"), ended.get(0));
    }
}
