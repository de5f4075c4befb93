package io.sluice.push.stream.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.media.Tracks;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.StreamInfo.State;
import io.sluice.testkit.push.Conditions;
import io.sluice.testkit.push.SeenSwitch;
import io.sluice.testkit.push.TurnedClock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresenceTest {
    private static Presence of(String... parameters) {
        return Presence.of(Conditions.of("stream", new TurnedClock("2026-11-22T20:00:00Z"), parameters));
    }

    private static StreamInfo stream(String name, State state) {
        return new StreamInfo(name, state, Tracks.NONE, "", "", 0, 0, 0, 0, 0, 0, 0, 0, false, "", "");
    }

    private static String seen(Presence presence, StreamInfo... streams) {
        SeenSwitch state = new SeenSwitch();
        presence.of(Arrays.asList(streams)).tell(state);
        return state.state() + ": " + state.why();
    }

    @Test
    void aStreamIsThereWhileMediaComes() {
        assertEquals("off: live is not there", seen(of()));
        assertEquals("off: live is starting", seen(of(), stream("live", State.STARTING)));
        assertEquals("on: live is there", seen(of(), stream("live", State.LIVE)));
        assertEquals("off: live is grace", seen(of(), stream("live", State.GRACE)));
        assertEquals("on: live is there", seen(of("grace=true"), stream("live", State.GRACE)));
    }

    @Test
    void anyOfAPatternIsEnough() {
        assertEquals("off: no stream of a+ is there", seen(of("name=a+")));
        assertEquals("on: a+1 is there", seen(of("name=a+"), stream("a+1", State.LIVE), stream("a+2", State.GRACE)));
        assertEquals("on: a, b, c and 1 more are there", seen(of("name=*"), stream("a", State.LIVE), stream("b", State.LIVE), stream("c", State.LIVE), stream("d", State.LIVE)));
    }

    @Test
    void whatIsWrongIsNamed() {
        assertEquals(List.of("'grace': true or false was wanted, '5' was found", "'names' is no parameter of stream; it has: name, grace"), List.of(
            assertThrows(IllegalArgumentException.class, () -> of("grace=5")).getMessage(), assertThrows(IllegalArgumentException.class, () -> of("names=a")).getMessage()));
    }
}
