package io.sluice.itests.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Two streams with four viewers each. Connections go to the event loops in turn, so one loop carries a publisher and some of its viewers, another the other publisher and some
 * of its: whichever loop stands, of one stream somebody is on loops that run.
 */
final class LoopWitnesses implements AutoCloseable {
    private static final int VIEWERS = 4;
    /** Three seconds: more than what is on its way when a loop stops. */
    private static final int PICTURES = 75;

    private final List<Watched> streams = new ArrayList<>();

    private record Watched(RtmpPublisher publisher, List<RtmpPlayer> viewers) {
    }

    /** @param name that the streams' names begin with: no viewer is to see what another publisher left */
    LoopWitnesses(Target target, String name) throws IOException {
        for (int i = 0; i < 2; i++) {
            streams.add(new Watched(RtmpPublisher.open(target.server().rtmp("live", name + i + "?key=" + SluiceServer.PUBLISH_KEY)), new ArrayList<>()));
        }
        for (Watched stream : streams) {
            stream.publisher.start(target.clip().looped(0), RtmpPublisher.Pace.REAL_TIME);
        }
        for (int i = 0; i < streams.size(); i++) {
            for (int n = 0; n < VIEWERS; n++) {
                streams.get(i).viewers.add(RtmpPlayer.open(target.server().rtmp("live", name + i)));
            }
        }
        Await.until("all have pictures", Target.PATIENCE, () -> viewers().stream().allMatch(v -> v.count(Kind.VIDEO) > 25));
    }

    private List<RtmpPlayer> viewers() {
        return streams.stream().flatMap(s -> s.viewers.stream()).toList();
    }

    /** Those who go on have every frame. @return how many did, in words */
    String requireOthersWhole() {
        Map<RtmpPlayer, Integer> before = counts();
        Await.until("somebody goes on", Target.PATIENCE, () -> viewers().stream().anyMatch(v -> v.count(Kind.VIDEO) > before.get(v) + PICTURES));
        List<RtmpPlayer> going = viewers().stream().filter(v -> v.count(Kind.VIDEO) > before.get(v) + PICTURES / 2).toList();
        for (Watched stream : streams) {
            for (RtmpPlayer viewer : stream.viewers) {
                assertEquals("", viewer.ended(), "nobody is cut off");
                if (going.contains(viewer)) {
                    stream.publisher.ledger().requireExact("a viewer on a loop that runs", Kind.VIDEO, viewer.frames(Kind.VIDEO), PICTURES);
                    stream.publisher.ledger().requireExact("a viewer on a loop that runs", Kind.AUDIO, viewer.frames(Kind.AUDIO), PICTURES);
                }
            }
        }
        assertTrue(!going.isEmpty());
        return "a loop that stands: of " + viewers().size() + " viewers of two streams " + going.size() + " went on without a lost frame, the others stood";
    }

    void requireAllWhole() {
        awaitAllGoOn();
        for (Watched stream : streams) {
            stream.viewers.forEach(v -> stream.publisher.ledger().requireExact("a viewer", Kind.VIDEO, v.frames(Kind.VIDEO), PICTURES));
        }
    }

    private Map<RtmpPlayer, Integer> counts() {
        return viewers().stream().collect(Collectors.toMap(v -> v, v -> v.count(Kind.VIDEO)));
    }

    void awaitAllGoOn() {
        Map<RtmpPlayer, Integer> before = counts();
        Await.until("all go on", Target.PATIENCE, () -> viewers().stream().allMatch(v -> v.count(Kind.VIDEO) > before.get(v) + PICTURES));
        viewers().forEach(v -> assertEquals("", v.ended()));
    }

    @Override
    public void close() throws IOException {
        for (Watched stream : streams) {
            for (RtmpPlayer viewer : stream.viewers) {
                viewer.close();
            }
            stream.publisher.close();
        }
    }
}
