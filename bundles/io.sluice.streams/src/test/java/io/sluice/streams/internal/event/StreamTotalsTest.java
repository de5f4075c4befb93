package io.sluice.streams.internal.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.session.ConnectionKind;
import io.sluice.streams.internal.visit.Share;
import org.junit.jupiter.api.Test;

class StreamTotalsTest {
    private final StreamTotals totals = new StreamTotals(3);

    private void viewer(String session, long from, long until) {
        totals.add(new Share(ConnectionKind.VIEWER, session, from * 1000, until * 1000, 1, 10));
    }

    private void expect(long viewers, long seconds) {
        assertEquals(viewers + " viewers, " + seconds + " s", totals.viewers() + " viewers, " + totals.viewerSeconds() + " s");
    }

    @Test
    void aSessionIsOneViewerAndItsConnectionsShareTheirTime() {
        viewer("a", 10, 20);
        viewer("a", 5, 100);
        expect(1, 95);
        viewer("b", 0, 7);
        expect(2, 102);
        assertEquals(3, totals.bytesIn());
        assertEquals(30, totals.bytesOut());
    }

    @Test
    void whatLiesBetweenTwoVisitsDoesNotCount() {
        viewer("a", 0, 10);
        viewer("a", 30, 40);
        expect(1, 20);
    }

    @Test
    void withoutSessionsEachVisitIsAViewer() {
        viewer("", 0, 10);
        viewer("", 0, 10);
        expect(2, 20);
    }

    @Test
    void publishersAndPushesAreNoViewers() {
        totals.add(new Share(ConnectionKind.INPUT, "p", 0, 5000, 100, 1));
        totals.add(new Share(ConnectionKind.OUTPUT, "q", 0, 5000, 1, 100));
        totals.add(new Share(ConnectionKind.UNCLASSIFIED, "", 0, 5000, 1, 1));
        expect(0, 0);
        assertEquals("1 1", totals.inputs() + " " + totals.outputs());
        assertEquals(102, totals.bytesIn());
    }

    @Test
    void thoseWhoLeftAreAddedUpWhenThereAreTooMany() {
        viewer("a", 0, 10);
        viewer("b", 0, 100);
        viewer("c", 0, 100);
        viewer("d", 90, 100);
        expect(4, 220);
        viewer("b", 100, 110);
        expect(4, 230);
        viewer("a", 100, 110);
        expect(5, 240);
    }
}
