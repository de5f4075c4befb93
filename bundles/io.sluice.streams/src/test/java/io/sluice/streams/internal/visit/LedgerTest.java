package io.sluice.streams.internal.visit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.Visit;
import io.sluice.streams.internal.media.Clock;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final AtomicLong millis = new AtomicLong(1000);
    private final Ledger ledger = new Ledger(new Clock() {
        @Override
        public long nanos() {
            return millis.get() * 1_000_000;
        }

        @Override
        public long millis() {
            return millis.get();
        }
    }, 3);

    private static ConnectionFacts facts(String stream, String token, long connection) {
        return new ConnectionFacts(ConnectionKind.VIEWER, stream, InetAddress.getLoopbackAddress(), "hls", connection, "http://a/" + connection, "agent", Map.of("tkn", token), Map.of());
    }

    private CountedVisit visit(String stream, String token, long connection) {
        return ledger.open(facts(stream, token, connection), Runnable::run);
    }

    private void gone(String stream, String token, long connection, long out) {
        CountedVisit v = visit(stream, token, connection);
        v.out(out);
        ledger.close(v);
    }

    private Visit onlyClosed() {
        assertEquals(1, ledger.closed().size());
        return ledger.closed().iterator().next();
    }

    private long sum() {
        return ledger.closed().stream().mapToLong(Visit::bytesOut).sum() + ledger.live().stream().mapToLong(Visit::bytesOut).sum();
    }

    @Test
    void whatIsThereIsLiveAndWhatIsGoneIsAddedUp() {
        CountedVisit first = visit("s", "a", 1);
        first.in(10);
        first.out(100);
        first.tag("red");
        millis.set(2000);
        CountedVisit second = visit("s", "a", 2);
        second.out(50);
        assertEquals(Set.of(first, second), Set.copyOf(ledger.live()));
        ledger.close(first);
        millis.set(3000);
        ledger.close(second);
        ledger.close(second);
        assertEquals(0, ledger.live().size());
        Visit sum = onlyClosed();
        assertEquals(List.of(first.id(), 10L, 150L, 1000L, 3000L), List.of(sum.id(), sum.bytesIn(), sum.bytesOut(), sum.sinceMillis(), sum.endedMillis()));
        assertEquals(Set.of("red"), sum.tags());
        assertEquals(List.of(1L, "http:"), List.of(sum.facts().connection(), sum.facts().url()), "the first one's");
        assertFalse(sum.tag("blue"));
    }

    @Test
    void bytesThatTheKernelTakesAfterTheEndAreNotLost() {
        CountedVisit v = visit("s", "a", 1);
        v.out(100);
        ledger.close(v);
        v.out(7);
        assertEquals(107, onlyClosed().bytesOut());
        ledger.forget(onlyClosed(), 0, 107);
        v.out(5);
        assertEquals(5, onlyClosed().bytesOut());
    }

    @Test
    void whatWasAddedToSinceItWasReadIsNotForgotten() {
        gone("s", "a", 1, 100);
        Visit read = onlyClosed();
        gone("s", "a", 2, 20);
        ledger.forget(read, 0, 100);
        assertEquals(120, onlyClosed().bytesOut());
        ledger.forget(onlyClosed(), 0, 120);
        assertEquals(0, ledger.closed().size());
    }

    @Test
    void tooManyDifferentOnesAreAddedUpByStreamAndNoByteIsLost() {
        for (int i = 0; i < 10; i++) {
            gone("s" + i % 2, "token " + i, i, 10);
        }
        assertEquals(100, sum());
        assertTrue(ledger.closed().size() <= 5, () -> "three and one for each stream: " + ledger.closed());
        Visit coarse = ledger.closed().stream().filter(v -> v.facts().parameters().isEmpty()).findFirst().orElseThrow();
        ledger.forget(coarse, coarse.bytesIn(), coarse.bytesOut());
        assertEquals(100 - coarse.bytesOut(), sum());
    }

    @Test
    void tagsAreBounded() {
        CountedVisit v = visit("s", "a", 1);
        for (int i = 0; i < 32; i++) {
            assertTrue(v.tag("tag" + i));
        }
        assertFalse(v.tag("one more"));
        assertTrue(v.tag("tag3"), "it is there");
        v.untag("tag3");
        assertTrue(v.tag("one more"));
        v.untag("one more");
        assertFalse(v.tag("x".repeat(65)));
        assertFalse(v.tag("line\nbreak"));
        assertFalse(v.tag(" "));
        assertEquals(31, v.tags().size());
    }

    @Test
    void aVisitThatOutlivesItsStreamHasAShareInEachOfItsLives() {
        CountedVisit v = visit("s", "a", 1);
        v.in(10);
        v.out(100);
        millis.set(5000);
        v.out(1);
        Share first = v.share(7000);
        assertEquals("1000 to 5000: 10, 101", text(first), "over HTTP it was last there with its last byte");
        millis.set(20_000);
        v.out(50);
        ledger.close(v);
        assertEquals("7000 to 20000: 0, 50", text(v.share(30_000)));
    }

    private static String text(Share share) {
        return share.fromMillis() + " to " + share.untilMillis() + ": " + share.bytesIn() + ", " + share.bytesOut();
    }
}
