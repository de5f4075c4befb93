package io.sluice.admin.player.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.net.Connections;
import io.sluice.api.stream.StreamInfo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamPagesTest {
    private static final String ORIGIN = "http://example.org:8080";

    private final Fakes.FakeStreams streams = new Fakes.FakeStreams();
    private final List<Connections.Listener> listeners = new ArrayList<>(List.of(new Connections.Listener("rtmp", "0.0.0.0:1935", false, List.of("rtmp"), "")));
    private final Fakes.FakePlugins plugins = new Fakes.FakePlugins();
    private final HlsForm hls = new HlsForm(plugins);
    private final StreamPages pages = new StreamPages(streams, new Fakes.FakeConnections(listeners), hls, () -> StreamFacts.NOW);

    @AfterEach
    void nothingIsHeld() {
        assertEquals(0, plugins.uses);
        hls.close();
        assertFalse(plugins.listening);
    }

    private JsonNode live() {
        streams.known.put("mine", StreamFacts.live("mine", StreamFacts.NOW - 500, StreamFacts.picture(), StreamFacts.sound()));
        return pages.info("mine", ORIGIN, "");
    }

    private static List<String> texts(JsonNode array, String field) {
        List<String> out = new ArrayList<>();
        array.forEach(n -> out.add(field.isEmpty() ? n.asText() : n.path(field).asText()));
        return out;
    }

    @Test
    void aLiveStreamIsDescribedAsPlayersOfMistServerExpect() {
        JsonNode info = live();
        assertEquals("live", info.path("type").asText());
        assertEquals(1280, info.path("width").asInt());
        assertEquals(720, info.path("height").asInt());
        assertEquals(StreamFacts.NOW - 31_000, info.path("unixoffset").asLong());
        JsonNode track = info.path("meta").path("tracks").path("video_H264_1280x720_0");
        assertEquals("H264", track.path("codec").asText());
        assertEquals(31_000, track.path("lastms").asLong());
        assertEquals(48_000, info.path("meta").path("tracks").path("audio_AAC_2ch_48000hz_1").path("rate").asInt());
        assertEquals(List.of("html5/application/vnd.apple.mpegurl", "flash/10"), texts(info.path("source"), "type"));
        assertEquals(ORIGIN + "/hls/mine/index.m3u8", info.path("source").path(0).path("url").asText());
        assertEquals("/hls/mine/index.m3u8", info.path("source").path(0).path("relurl").asText());
        assertTrue(info.path("error").isMissingNode());
    }

    @Test
    void thePageLearnsEveryAddressAndCodec() {
        JsonNode s = live().path("sluice");
        assertEquals(List.of(ORIGIN + "/mine.html", ORIGIN + "/hls/mine/index.m3u8", "rtmp://example.org/live/mine",
            "<iframe src=\"" + ORIGIN + "/mine.html?embed\" width=\"854\" height=\"480\" allow=\"autoplay; fullscreen\"></iframe>", ORIGIN + "/json_mine.js"),
            texts(s.path("addresses"), "value"));
        assertEquals(List.of("video/mp4; codecs=\"avc1.64001f\"", "audio/mp4; codecs=\"mp4a.40.2\""), texts(s.path("codecs"), "mime"));
        assertEquals(500, s.path("lastKeyAgoMillis").asLong());
        assertEquals(0, s.path("problems").size());
    }

    @Test
    void aStreamThatIsNotThereSaysHowToPublishItAndKeepsTheKey() {
        streams.known.put("mine", StreamFacts.of("mine", StreamInfo.State.OFFLINE, Tracks.NONE, "any", 0, "no such stream yet: nobody publishes it"));
        JsonNode info = pages.info("mine", ORIGIN, "");
        assertEquals("Stream is offline", info.path("error").asText());
        assertEquals("ffmpeg -re -i any.mp4 -c copy -f flv \"rtmp://example.org/live/mine?key=KEY\"", info.path("sluice").path("publish").path("ffmpeg").asText());
        assertEquals("mine?key=KEY", info.path("sluice").path("publish").path("streamKey").asText());
        assertEquals(List.of("No such stream yet: nobody publishes it."), texts(info.path("sluice").path("problems"), ""));
        assertFalse(info.path("sluice").path("startable").asBoolean());
        assertTrue(info.path("source").isMissingNode());
    }

    @Test
    void aStreamThatStartsWhenSomebodyWatchesIsToBeAskedFor() {
        JsonNode s = pages.info("demo", ORIGIN, "").path("sluice");
        assertFalse(s.path("startable").asBoolean());
        streams.known.put("demo", StreamFacts.offline("demo", "demo"));
        s = pages.info("demo", ORIGIN, "").path("sluice");
        assertTrue(s.path("startable").asBoolean());
        assertTrue(s.path("publish").isMissingNode());
        assertEquals("/hls/demo/index.m3u8", s.path("hls").asText());
    }

    @Test
    void theCoresWordOnKeyFramesIsNotRepeated() {
        Tracks tracks = new Tracks(0, List.of(StreamFacts.picture()));
        streams.known.put("slow", StreamFacts.of("slow", StreamInfo.State.LIVE, tracks, "any", StreamFacts.NOW - 12_000, "no key frame for 12 s"));
        assertEquals(1, pages.info("slow", ORIGIN, "").path("sluice").path("problems").size());
    }

    @Test
    void anOpenServerSaysSoAndAsksForNoKey() {
        streams.open = true;
        JsonNode s = pages.info("mine", ORIGIN, "").path("sluice");
        assertTrue(s.path("open").asBoolean());
        assertFalse(s.toString().contains("KEY"));
        assertTrue(pages.list().path("open").asBoolean());
    }

    @Test
    void aNameThatNothingCoversIsSaid() {
        JsonNode info = pages.info("strange", ORIGIN, "");
        assertEquals("Could not retrieve stream. Sorry.", info.path("error").asText());
        assertEquals(List.of("No stream of this name is configured."), texts(info.path("sluice").path("problems"), ""));
    }

    @Test
    void aRefusedNameIsAnErrorInWords() {
        assertEquals("A stream's name was wanted, nothing was found.", pages.info("", ORIGIN, "").path("error").asText());
    }

    @Test
    void tenSecondsWithoutAKeyFrameAreNamed() {
        streams.known.put("slow", StreamFacts.live("slow", StreamFacts.NOW - 10_000, StreamFacts.picture()));
        assertEquals(0, pages.info("slow", ORIGIN, "").path("sluice").path("problems").size());
        streams.known.put("slow", StreamFacts.live("slow", StreamFacts.NOW - 12_000, StreamFacts.picture()));
        assertTrue(pages.info("slow", ORIGIN, "").path("sluice").path("problems").path(0).asText().startsWith("No key frame has come for 12 s"));
        streams.known.put("slow", StreamFacts.live("slow", 0, StreamFacts.picture()));
        assertTrue(pages.info("slow", ORIGIN, "").path("sluice").path("problems").path(0).asText().startsWith("No key frame has come for 60 s"));
    }

    @Test
    void soundAloneNeedsNoKeyFrame() {
        streams.known.put("radio", StreamFacts.live("radio", 0, StreamFacts.sound()));
        JsonNode info = pages.info("radio", ORIGIN, "");
        assertEquals(0, info.path("sluice").path("problems").size());
        assertEquals(20, info.path("height").asInt());
    }

    @Test
    void whatHlsCannotCarryIsNamed() {
        plugins.problem = "AV1 video cannot travel in MPEG-TS";
        assertEquals(List.of("AV1 video cannot travel in MPEG-TS."), texts(live().path("sluice").path("problems"), ""));
        assertEquals(List.of("flash/10"), texts(live().path("source"), "type"), "players are not sent to what is refused");
    }

    @Test
    void withoutHlsThePageIsNotOfferedIt() {
        plugins.withdraw();
        JsonNode info = live();
        assertEquals(List.of("flash/10"), texts(info.path("source"), "type"));
        assertTrue(info.path("sluice").path("problems").path(0).asText().contains("no HLS"));
    }

    @Test
    void aBrokenConfigurationStillHasAPage() {
        streams.known.put("mine", StreamFacts.live("mine", StreamFacts.NOW, Track.video(1, Codec.H264, new byte[3], 0, 0)));
        JsonNode info = pages.info("mine", ORIGIN, "");
        assertEquals(640, info.path("width").asInt());
        assertEquals("", info.path("sluice").path("codecs").path(0).path("mime").asText());
    }

    @Test
    void rtmpHasItsPortAndPrefersTheListenerWithoutTls() {
        listeners.clear();
        assertFalse(live().toString().contains("rtmp://"));
        listeners.add(new Connections.Listener("down", "0.0.0.0:1935", false, List.of("rtmp"), "the port is taken"));
        listeners.add(new Connections.Listener("secure", "[::]:443", true, List.of("http", "rtmp"), ""));
        assertTrue(live().toString().contains("rtmps://example.org/live/mine"));
        listeners.add(new Connections.Listener("plain", "[0:0:0:0:0:0:0:0]:21935", false, List.of("rtmp"), ""));
        assertTrue(live().toString().contains("rtmp://example.org:21935/live/mine"));
        assertTrue(pages.info("mine", "http://[::1]:8080", "").toString().contains("rtmp://[::1]:21935/live/mine"));
    }

    @Test
    void publishersAddressesStayHere() {
        assertFalse(live().toString().contains("203.0.113.9"));
    }

    @Test
    void namesAreEncodedInAddressesAndNeverReachAShell() {
        String name = "live+<b>\"$(id)'/x";
        streams.known.put(name, StreamFacts.live(name, StreamFacts.NOW, StreamFacts.picture()));
        JsonNode info = pages.info(name, ORIGIN, "");
        assertEquals("/hls/live+%3Cb%3E%22$(id)%27/x/index.m3u8", info.path("source").path(0).path("relurl").asText());
        assertTrue(info.path("sluice").path("publish").isMissingNode());
        List<String> addresses = texts(info.path("sluice").path("addresses"), "value");
        assertEquals(ORIGIN + "/player.html?stream=live%2B%3Cb%3E%22%24%28id%29%27/x", addresses.get(0));
        assertTrue(addresses.get(3).startsWith("<iframe src=\"" + addresses.get(0) + "&amp;embed\""));
    }

    @Test
    void theListHasStreamsAndNoPatterns() {
        live();
        streams.known.put("demo", StreamFacts.of("demo", StreamInfo.State.OFFLINE, Tracks.NONE, "demo", 0, ""));
        streams.known.put("*", StreamFacts.offline("*", "*"));
        JsonNode list = pages.list().path("streams");
        assertEquals(List.of("demo", "mine"), texts(list, "name"));
        assertEquals(List.of("/demo.html", "/mine.html"), texts(list, "page"));
        assertEquals(List.of("H.264 1280x720", "AAC 48000 Hz 2 ch"), texts(list.path(1).path("tracks"), ""));
    }
}
