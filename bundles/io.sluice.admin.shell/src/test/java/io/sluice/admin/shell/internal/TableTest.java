package io.sluice.admin.shell.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCellAndNumbersStandRight() {
        Table t = new Table("NAME", "N", "WHY").row("a", 5, "").row("longer", 1234, "because");
        assertEquals("NAME       N  WHY\na          5\nlonger  1234  because", t.toString());
    }

    @Test
    void anEmptyTableIsASentence() {
        assertEquals("nobody is connected", new Table("ID").or("nobody is connected"));
    }

    @Test
    void quantitiesAreRounded() {
        assertEquals("999 B", Quantity.bytes(999));
        assertEquals("1.0 kB", Quantity.bytes(1000));
        assertEquals("4.2 Mbit/s", Quantity.bits(4_150_001));
        assertEquals("125 GB", Quantity.bytes(125_000_000_000L));
        assertEquals("59 s", Quantity.duration(59_999));
        assertEquals("4 min 3 s", Quantity.duration(243_000));
        assertEquals("2 h 5 min", Quantity.duration(7_500_000));
        assertEquals("3 d 1 h", Quantity.duration(262_800_000));
    }
}
