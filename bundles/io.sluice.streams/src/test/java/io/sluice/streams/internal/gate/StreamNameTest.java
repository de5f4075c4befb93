package io.sluice.streams.internal.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.stream.Denied;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamNameTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        mine              | mine
        MixedCase!        | mixedcase
        a_b.c-9           | a_b.c-9
        live/mine         | livemine
        mine?key=K        | mine
        mine+Sub/Way      | mine+Sub/Way
        MINE Sub Way      | mine+Sub Way
        mine+a+b          | mine+a+b
        mine+x?key=K      | mine+x
        mine%20x          | mine20x
        Ünder             | nder
        """)
    void namesFollowTheRule(String written, String name) {
        assertEquals(name, StreamName.of(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?key=K", "!!!", "+x", " x"})
    void namesWithoutALetterAreRefused(String written) {
        assertEquals(Denied.Reason.NAME, assertThrows(Denied.class, () -> StreamName.of(written)).reason());
    }

    @Test
    void aHundredBytesAreAllowedAndNoMore() {
        assertEquals(100, StreamName.of("x".repeat(100)).length());
        assertThrows(Denied.class, () -> StreamName.of("x".repeat(101)));
        assertThrows(Denied.class, () -> StreamName.of("x+" + "é".repeat(50)));
        assertEquals(51, StreamName.of("x+" + "é".repeat(49)).length());
    }

    @Test
    void noLineBreakGetsIntoALog() {
        assertEquals("x+ab", StreamName.of("x+a\r\nb"));
    }
}
