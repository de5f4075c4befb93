package io.sluice.net.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.net.Account;
import org.junit.jupiter.api.Test;

class AttributionTest {
    private final Attribution bytes = new Attribution(() -> null);
    private final Book a = new Book();
    private final Book b = new Book();

    private static final class Book implements Account {
        long in;
        long out;

        @Override
        public void in(long more) {
            in += more;
        }

        @Override
        public void out(long more) {
            out += more;
        }

        @Override
        public String toString() {
            return in + " in, " + out + " out";
        }
    }

    @Test
    void whatBelongedToNobodyIsTheFirstOnesWhoIsNamed() {
        bytes.in(1537);
        bytes.accepted(3073);
        bytes.in(100);
        bytes.to(a, 3200);
        bytes.accepted(3200);
        bytes.in(1);
        assertEquals("1638 in, 3200 out", a.toString());
    }

    @Test
    void whatWasWrittenBeforeTheChangeStaysWithTheAccountBefore() {
        bytes.to(a, 0);
        bytes.accepted(600);
        bytes.to(b, 1000);
        bytes.accepted(900);
        assertEquals("0 in, 900 out", a.toString());
        assertEquals("0 in, 0 out", b.toString());
        bytes.accepted(1500);
        assertEquals("0 in, 1000 out", a.toString());
        assertEquals("0 in, 500 out", b.toString());
    }

    @Test
    void exchangesOneAfterAnotherHaveEachTheirOwn() {
        bytes.in(10);
        bytes.to(a, 0);
        bytes.toNobody(100);
        bytes.in(20);
        bytes.to(b, 100);
        bytes.toNobody(300);
        bytes.in(30);
        bytes.to(a, 300);
        bytes.toNobody(600);
        bytes.accepted(50);
        bytes.accepted(550);
        bytes.accepted(600);
        assertEquals("40 in, 400 out", a.toString());
        assertEquals("20 in, 200 out", b.toString());
    }

    @Test
    void nothingIsLostAtTheEnd() {
        bytes.in(10);
        bytes.to(a, 0);
        bytes.toNobody(100);
        bytes.in(7);
        bytes.accepted(100);
        bytes.accepted(130);
        bytes.end();
        bytes.accepted(140);
        assertEquals("17 in, 140 out", a.toString());
    }

    @Test
    void whereNobodyIsEverNamedNobodyIsTold() {
        bytes.in(10);
        bytes.accepted(100);
        bytes.toNobody(100);
        bytes.end();
        bytes.look();
        assertEquals("0 in, 0 out", a.toString());
    }
}
