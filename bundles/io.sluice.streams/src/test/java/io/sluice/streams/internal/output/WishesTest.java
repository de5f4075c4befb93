package io.sluice.streams.internal.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.media.Codec;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.push.PushAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WishesTest {
    private static final List<Track> TRACKS = List.of(Track.video(0, Codec.H264, new byte[0], 1280, 720), Track.video(1, Codec.H265, new byte[0], 1920, 1080),
        new Track(2, Codec.AAC, new byte[0], 0, 0, 48000, 2, "en"), new Track(3, Codec.OPUS, new byte[0], 0, 0, 48000, 6, "de"));

    private static Wishes of(String parameters) {
        return new Wishes(Address.of("/x.ts?" + parameters, Set.of()));
    }

    @Test
    void theTargetGetsWhatTheCoreDoesNotDo() {
        assertEquals(Map.of("split", "10", "nobodys", "x"), of("split=10&RecStart=5&nobodys=x&unmask&subtitle=none").rest().parameters());
        assertEquals(Map.of("audio", "silent"), of("audio=silent&video=all").rest().parameters());
    }

    @ParameterizedTest
    @CsvSource({"90,90000", "1.5,1500", "1500ms,1500", "2s,2000", "-3,-3000", "0,0"})
    void timesAreSecondsOrMilliseconds(String text, long millis) {
        assertEquals(millis * 1_000_000, Seconds.nanos("x", text));
        assertEquals(new Begin(Begin.How.MEDIA, millis * 1_000_000, 0, 5_000_000_000L), of("recstart=" + text).begin(0));
    }

    @Test
    void aPushBeginsAndEndsWhereItIsTold() {
        assertEquals(new Begin(Begin.How.WALL, 1_700_000_000_000L, 0, 5_000_000_000L), of("startunix=1700000000").begin(0));
        assertEquals(new Begin(Begin.How.BEHIND, 30_000_000_000L, 0, 5_000_000_000L), of("recstartunix=-30").begin(0));
        assertEquals(new Begin(Begin.How.BEHIND, 10_000_000_000L, 3, 120_000_000_000L), of("pushdelay=10&waittrackcount=3").begin(0));
        assertEquals(new Begin(Begin.How.AS_ASKED, 0, 2, 700_000_000L), of("maxwaittrackms=700").begin(0));
        assertEquals(1_000_500, of("stopunix=-0.5").stopMillis(1_001_000));
        assertEquals(60_000_000_000L, of("stop=60").stopNanos());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        recstart=soon       | recstart is no time: give seconds, such as 90 or 1.5, or milliseconds, such as 1500ms
        duration=-1         | duration is negative
        stop=1e99           | stop is no time: give seconds, such as 90 or 1.5, or milliseconds, such as 1500ms
        rate=-1             | rate is no speed: 0 for as fast as possible, 1 for real time, up to 1000
        waittrackcount=x    | waittrackcount is no number from 0 to 1000
        recstart=9&recstop=9 | the push ends before it begins: recstop is not after recstart
        startunix=20&stopunix=10 | the push ends before it begins: stopunix is not after startunix
        video=maxbps        | video: tracks cannot be chosen by their bit rate (maxbps)
        audio=a?b           | audio: what is "a?b"? A track is chosen by its number, codec, size, channels or language, or all or none are
        """)
    void whatIsWrongIsNamed(String parameters, String problem) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String pair : parameters.strip().split("&")) {
            all.put(pair.split("=")[0], pair.split("=")[1]);
        }
        assertEquals(problem, assertThrows(IllegalArgumentException.class, () -> new Wishes(new PushAddress("file", "/x", all))).getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        all       ; 01
        none      ;
        -1        ;
        1         ; 1
        2         ;
        H264      ; 0
        hevc,0    ; 10
        all,!h264 ; 1
        all,|720p ; 0
        <1920x1080 ; 0
        >1280x720 ; 1
        ~1300x700 ; 0
        highres   ; 1
        lowres    ; 0
        """)
    void picturesAreChosen(String text, String ids) {
        assertEquals(ids == null ? "" : ids, ids(MediaKind.VIDEO, text));
    }

    @ParameterizedTest
    @CsvSource({"aac,2", "stereo,2", "surround,3", "6ch,3", "mono,''", "DE,3", "'en,de',23", "'*,!opus',2"})
    void soundsAreChosen(String text, String ids) {
        assertEquals(ids, ids(MediaKind.AUDIO, text));
    }

    private static String ids(MediaKind kind, String text) {
        StringBuilder out = new StringBuilder();
        new Selector("x", kind, text).of(TRACKS).forEach(t -> out.append(t.id()));
        return out.toString();
    }
}
