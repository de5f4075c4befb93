package io.sluice.target.rtmp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.format.delivery.Clip;
import io.sluice.format.delivery.ClipReader;
import io.sluice.format.delivery.Told;
import io.sluice.format.rtmp.ChunkWriter;
import io.sluice.format.rtmp.Message;
import io.sluice.testkit.Await;
import io.sluice.testkit.client.Ffmpeg;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a receiver asks for while it is sent to: pings (section 7.1.7), acknowledgements (section 5.4.3). */
class RtmpControlTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    @TempDir
    private Path folder;

    private static ByteBuf control(int type, ByteBuf payload) {
        ByteBuf out = Unpooled.buffer();
        ChunkWriter.write(out, 128, ChunkWriter.CONTROL, 0, type, 0, payload);
        return out;
    }

    private static ByteBuf ping(int time) {
        return control(Message.USER_CONTROL, Unpooled.buffer().writeShort(6).writeInt(time));
    }

    @Test
    void pingsAreAnsweredWithTheirTimeAndWindowsAcknowledged() throws Exception {
        Clip clip = Clip.of(Ffmpeg.installed().clip(folder.resolve("clip.flv"), 4, 2));
        Told told = new Told();
        try (Receiver receiver = new Receiver(c -> null); Pushing pushing = new Pushing()) {
            pushing.start(receiver.url(""), Map.of(), new ClipReader(clip, false), clip.tracks(), told);
            Await.until("media flows", SOON, () -> receiver.media(Message.VIDEO).size() > 90);
            receiver.send(ping(0x01020304));
            Await.until(() -> "an answer: " + receiver.media(Message.USER_CONTROL), SOON, () -> receiver.media(Message.USER_CONTROL).size() == 1);
            assertEquals("000701020304", receiver.media(Message.USER_CONTROL).get(0).text());
            assertEquals(List.of(), receiver.media(Message.ACKNOWLEDGEMENT), "the receiver has said little so far");
            receiver.send(control(Message.WINDOW_ACK_SIZE, Unpooled.buffer().writeInt(4000)));
            for (int i = 0; i < 100; i++) {
                receiver.send(ping(i));
            }
            Await.until("an acknowledgement", SOON, () -> receiver.media(Message.USER_CONTROL).size() == 101 && !receiver.media(Message.ACKNOWLEDGEMENT).isEmpty());
            int acknowledged = Integer.parseInt(receiver.media(Message.ACKNOWLEDGEMENT).get(0).text(), 16);
            // the handshake's 3,073 bytes count
            assertTrue(acknowledged >= 4000 && acknowledged <= receiver.sent(), acknowledged + " bytes of " + receiver.sent());
        }
    }
}
