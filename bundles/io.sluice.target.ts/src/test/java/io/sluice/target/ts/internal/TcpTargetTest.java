package io.sluice.target.ts.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.media.Frame;
import io.sluice.format.mpegts.TsReader;
import io.sluice.format.mpegts.TsUnit;
import io.sluice.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpTargetTest {
    private final Told told = new Told();
    private final Line line = new Line(told.loop);

    @AfterEach
    void close() {
        told.close();
    }

    private AutoCloseable open(Map<String, String> parameters) {
        return new TcpTarget(line).open(told.request("tstcp://$host:9000", parameters));
    }

    @Test
    void everyFrameArrives() throws IOException {
        List<Frame> film = Film.of(2 * Film.SECOND);
        open(Map.of());
        told.play(film);
        assertEquals("", told.finish());
        List<TsUnit> units = new ArrayList<>();
        TsReader reader = new TsReader(units::add);
        assertEquals(told.bytes, line.received.readableBytes());
        reader.read(line.received);
        reader.end();
        assertEquals(List.of(), reader.problems());
        assertEquals(film.stream().filter(Frame::isVideo).count(), units.stream().filter(u -> u.streamType() == 0x1b).count());
        assertEquals("tstcp://127.0.0.1:9000", told.shown);
        assertTrue(film.stream().allMatch(f -> f.payload().refCnt() == 0));
    }

    @Test
    void aReceiverThatTakesNothingIsGivenUpAndTakesNoFrames() throws IOException {
        line.window(false);
        List<Frame> film = Film.of(Film.SECOND);
        open(Map.of("timeout", "300ms"));
        told.play(film);
        assertEquals("the receiver took no bytes for 300 ms", told.over());
        assertTrue(film.stream().allMatch(f -> f.payload().refCnt() == 1));
        assertEquals(told.ended, line.closed);
    }

    @Test
    void oneThatTakesAgainGoesOn() throws IOException {
        line.window(false);
        List<Frame> film = Film.of(Film.SECOND);
        open(Map.of());
        told.play(film);
        line.window(true);
        Await.until("all of it", Duration.ofSeconds(10), () -> film.get(film.size() - 1).payload().refCnt() == 0);
        assertEquals("", told.finish());
    }

    @Test
    void aReceiverThatLeavesIsNamed() {
        open(Map.of());
        Await.until("it is open", Duration.ofSeconds(5), () -> !told.shown.isEmpty());
        line.hangUp();
        assertEquals("the receiver ended the connection", told.over());
    }

    @Test
    void whatTheDialerSaysIsTheReason() {
        line.refusing("refused by 127.0.0.1:9000");
        open(Map.of());
        assertEquals("refused by 127.0.0.1:9000", told.over());
    }
}
