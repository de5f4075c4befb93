package io.sluice.target.rtmp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.delivery.Clip;
import io.sluice.format.delivery.ClipReader;
import io.sluice.format.delivery.Told;
import io.sluice.format.rtmp.Command;
import io.sluice.format.rtmp.Message;
import io.sluice.testkit.Await;
import io.sluice.testkit.client.Ffmpeg;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RtmpPushTest {
    private static final Function<Command, Object[]> USUAL = c -> null;
    private static final Duration SOON = Duration.ofSeconds(20);
    @TempDir
    private static Path folder;
    private static Path flv;
    private final Pushing pushing = new Pushing();
    private final Told told = new Told();

    @BeforeAll
    static void clip() throws IOException {
        flv = Ffmpeg.installed().clip(folder.resolve("clip.flv"), 4, 2);
    }

    @AfterEach
    void stop() {
        pushing.close();
    }

    private AutoCloseable push(Receiver receiver, String user, Map<String, String> parameters, ClipReader reader, Clip clip) {
        return pushing.start(receiver.url(user), parameters, reader, clip.tracks(), told);
    }

    private String end() throws Exception {
        return told.ended.get(30, TimeUnit.SECONDS);
    }

    private static List<Long> times(Receiver receiver, int type) {
        return receiver.media(type).stream().map(Receiver.Came::time).toList();
    }

    private static void assertRising(List<Long> times) {
        for (int i = 1; i < times.size(); i++) {
            assertTrue(times.get(i) >= times.get(i - 1), "time " + times.get(i) + " after " + times.get(i - 1));
        }
    }

    @Test
    void aStreamIsPublishedWholeFromTimeZeroAndEndsInOrder() throws Exception {
        Clip clip = Clip.of(flv);
        try (Receiver receiver = new Receiver(USUAL)) {
            push(receiver, "", Map.of(), new ClipReader(clip, true), clip);
            assertTrue(told.running.get(20, TimeUnit.SECONDS).endsWith("/live/key"));
            assertEquals("", end());
            Await.until("all has come", SOON, () -> receiver.said("deleteStream"));
            assertTrue(receiver.said("releaseStream") && receiver.said("FCPublish") && receiver.said("FCUnpublish"));
            assertTrue(receiver.media(Message.DATA).get(0).text().startsWith("[@setDataFrame, onMetaData, {width=320.0"));
            // a configuration before the frames
            assertEquals(clip.frames.stream().filter(Frame::isVideo).count() + 1, receiver.media(Message.VIDEO).size());
            assertEquals(clip.frames.stream().filter(Frame::isAudio).count() + 1, receiver.media(Message.AUDIO).size());
            assertEquals(0, receiver.media(Message.VIDEO).get(0).time());
            assertEquals(clip.frames.stream().filter(Frame::isVideo).map(f -> (f.dtsNanos() - clip.frames.get(0).dtsNanos()) / 1_000_000).toList(), times(receiver, Message.VIDEO).subList(1,
                receiver.media(Message.VIDEO).size()));
            assertTrue(told.mediaNanos.get() > Clip.START_NANOS + 3_900_000_000L);
            assertTrue(told.out.get() > 10_000);
            Await.until("nothing is left", SOON, () -> pushing.net.connections().isEmpty());
        }
    }

    @Test
    void aCloseEndsItInOrder() throws Exception {
        Clip clip = Clip.of(flv);
        try (Receiver receiver = new Receiver(USUAL)) {
            AutoCloseable push = push(receiver, "", Map.of(), new ClipReader(clip, false), clip);
            Await.until("media flows", SOON, () -> receiver.media(Message.VIDEO).size() > 90);
            assertEquals("push clip dialled rtmp", pushing.net.connections().stream().map(c -> c.role() + " " + c.stream() + " " + c.listener() + " " + c.protocol()).findFirst().orElse(""));
            push.close();
            push.close();
            assertEquals("", end());
            Await.until("it is told", SOON, () -> receiver.said("deleteStream"));
        }
    }

    @Test
    void afterABreakOfTheTimelineTimesGoOnRisingBehindNewHeaders() throws Exception {
        Clip clip = Clip.of(flv).and(flv, 1, -3_600_000);
        try (Receiver receiver = new Receiver(USUAL)) {
            push(receiver, "", Map.of(), new ClipReader(clip, true), clip);
            assertEquals("", end());
            Await.until("all has come", SOON, () -> receiver.said("deleteStream"));
            assertEquals(2, receiver.media(Message.DATA).size());
            assertRising(times(receiver, Message.VIDEO));
            assertRising(times(receiver, Message.AUDIO));
            long last = receiver.media(Message.VIDEO).get(receiver.media(Message.VIDEO).size() - 1).time();
            assertTrue(last > 7_500 && last < 8_500, "the last time is " + last);
        }
    }

    @Test
    void silenceIsAddedWhereThereIsNoSound() throws Exception {
        Clip clip = Clip.of(flv).pictures();
        try (Receiver receiver = new Receiver(USUAL)) {
            push(receiver, "", Map.of("audio", "silent"), new ClipReader(clip, true), clip);
            assertEquals("", end());
            Await.until("all has come", SOON, () -> receiver.said("deleteStream"));
            List<Long> times = times(receiver, Message.AUDIO);
            assertRising(times);
            // 3.96 s of 1024 samples at 48 kHz, and the configuration
            assertTrue(times.size() > 184 && times.size() < 190, times.size() + " messages of sound");
            assertTrue(receiver.media(Message.DATA).get(0).text().contains("audiocodecid=10"));
        }
    }

    /** As Adobe's server asks: once for the user, once for the digest. */
    private static Object[] adobe(Command command) {
        String app = command.object().get("app") instanceof String s ? s : "";
        if (!command.name().equals("connect") || app.contains("&response=")) {
            return null;
        }
        String words = app.contains("user=joe") ? "[ AccessManager.Reject ] : [ authmod=adobe ] : ?reason=needauth&user=joe&salt=s4lt&challenge=chal&opaque=opq== "
            : "[ AccessManager.Reject ] : [ code=403 need auth; authmod=adobe ] : ";
        return new Object[] {"_error", 1, null, Map.of("level", "error", "code", "NetConnection.Connect.Rejected", "description", words)};
    }

    @Test
    void aPasswordIsGivenToWhoAsksForIt() throws Exception {
        Clip clip = Clip.of(flv);
        try (Receiver receiver = new Receiver(RtmpPushTest::adobe)) {
            push(receiver, "joe:secret@", Map.of(), new ClipReader(clip, true), clip);
            assertEquals("", end());
            assertEquals(List.of("live", "live?authmod=adobe&user=joe"), receiver.connects.subList(0, 2).stream().map(c -> c.get("app")).toList());
            String third = receiver.connects.get(2).get("app").toString();
            assertTrue(third.matches("live\\?authmod=adobe&user=joe&challenge=[0-9a-f]{8}&response=[A-Za-z0-9+/]{22}==&opaque=opq=="), third);
            assertTrue(receiver.connects.get(2).get("tcUrl").toString().endsWith(third));
            assertFalse(told.running.join().contains("joe"));
        }
    }

    @Test
    void withoutAPasswordItIsSaidThatOneIsWanted() throws Exception {
        Clip clip = Clip.of(flv);
        try (Receiver receiver = new Receiver(RtmpPushTest::adobe)) {
            push(receiver, "", Map.of(), new ClipReader(clip, true), clip);
            assertEquals("the receiver wants a user and a password: rtmp://user:password@host/…", end());
        }
    }

    @Test
    void aRefusalIsToldInTheReceiversWords() throws Exception {
        Clip clip = Clip.of(flv);
        Function<Command, Object[]> full = c -> !c.name().equals("publish") ? null
            : new Object[] {"onStatus", 0, null, Map.of("level", "error", "code", "NetStream.Publish.BadName", "description", "somebody\nis there")};
        try (Receiver receiver = new Receiver(full)) {
            push(receiver, "", Map.of(), new ClipReader(clip, true), clip);
            assertEquals("the receiver refused: NetStream.Publish.BadName somebody is there", end());
            assertFalse(told.running.isDone());
        }
    }

    @Test
    void whoDoesNotAnswerIsGivenUp() throws Exception {
        Clip clip = Clip.of(flv);
        try (Receiver receiver = new Receiver(c -> c.name().equals("createStream") ? new Object[0] : null)) {
            push(receiver, "", Map.of("timeout", "500ms"), new ClipReader(clip, true), clip);
            assertEquals("the receiver did not answer createStream within 500 ms", end());
        }
    }

    @Test
    void aReceiverThatStopsReadingIsGivenUpAndCostsTheStreamNothing() throws Exception {
        Clip clip = Clip.of(flv);
        for (int i = 1; i < 200; i++) {
            clip.and(flv, 0, i * 4000L);
        }
        ClipReader reader = new ClipReader(clip, false);
        try (Receiver receiver = new Receiver(USUAL)) {
            receiver.stall();
            push(receiver, "", Map.of("timeout", "1"), reader, clip);
            assertEquals("the receiver took no bytes for 1 s", end());
            assertTrue(reader.taken < clip.frames.size(), "frames were left in the stream");
        }
    }

    @Test
    void codecsThatOldReceiversDoNotKnowAreAnnouncedAndOthersAreNot() throws Exception {
        Clip clip = Clip.of(flv);
        Tracks hevc = new Tracks(0, List.of(Track.video(0, io.sluice.api.media.Codec.H265, new byte[0], 0, 0)));
        try (Receiver receiver = new Receiver(USUAL)) {
            pushing.start(receiver.url(""), Map.of(), new ClipReader(clip, true), hevc, told);
            assertEquals("", end());
            assertEquals(List.of("hvc1"), receiver.connects.get(0).get("fourCcList"));
            Told second = new Told();
            pushing.start(receiver.url(""), Map.of(), new ClipReader(clip, true), clip.tracks(), second);
            assertEquals("", second.ended.get(20, TimeUnit.SECONDS));
            assertFalse(receiver.connects.get(1).containsKey("fourCcList"));
        }
    }
}
