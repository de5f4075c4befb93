package io.sluice.itests.hostile;

import io.sluice.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many connections: one after another, and at one time (row 20). */
class FloodIT {
    @RegisterExtension
    static final Attacked ATTACKED = new Attacked();
    private static final int HALF_OPEN = Boolean.getBoolean("sluice.long") ? 100_000 : 5_000;
    private static final int AT_ONE_TIME = 1_000;

    private final Target target = ATTACKED.get();

    private long connections() throws Exception {
        return target.server().shell("sluice:connections").lines().count();
    }

    @Test
    void halfOpenConnectionsOneAfterAnother() throws Exception {
        long open = connections();
        ServerMemory before = target.memory();
        byte[][] halves = {{3}, {3, 0, 0, 0, 0}, "GET / HT".getBytes(), {0x16, 3, 1}, {}, "PRI * HTTP/2.0\r\n".getBytes()};
        int[] ports = {target.rtmpPort(), target.rtmpPort(), target.httpPort(), target.tlsPort(), target.rtmpPort(), target.httpPort()};
        long began = System.nanoTime();
        for (int i = 0; i < HALF_OPEN; i++) {
            Attacker a = Attacker.connect(ports[i % ports.length]);
            a.send(halves[i % halves.length]);
            a.reset();
        }
        System.out.println(HALF_OPEN + " half-open connections in " + (System.nanoTime() - began) / 1_000_000 + " ms");
        Await.until("all are gone", Target.PATIENCE, () -> connections() <= open);
        // time-outs of those that are gone run out within seconds
        ServerMemory[] now = {before};
        Await.until(() -> "the memory is free again: " + before + " then " + now[0], Target.PATIENCE, () -> {
            now[0] = target.memory();
            return now[0].growthIsBelow(8, 64, before);
        });
    }

    @Test
    void aThousandThatSayNothingMoreAtOneTime() throws Exception {
        ServerMemory before = target.memory();
        List<Attacker> all = new ArrayList<>();
        try {
            for (int i = 0; i < AT_ONE_TIME; i++) {
                Attacker a = Attacker.deaf(i % 2 == 0 ? target.rtmpPort() : target.httpPort());
                a.send(i % 2 == 0 ? new byte[] {3, 0, 0} : "GET /x HTTP/1.1\r\nA: ".getBytes());
                all.add(a);
            }
            ServerMemory.requireGrowthBelow(24, 64, before, target.memory());
            target.requireOthersUntouched();
        } finally {
            for (Attacker a : all) {
                a.reset();
            }
        }
    }
}
