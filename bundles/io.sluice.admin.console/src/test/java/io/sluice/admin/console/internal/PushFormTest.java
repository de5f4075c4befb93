package io.sluice.admin.console.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.push.PushEntry;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PushFormTest {
    private static final PushEntry STORED = new PushEntry("out", "cam", "rtmps://joe:s3cret@h/live2/abcd-efgh-ijkl-mnop?token=t0ken", "");
    private static final String SHOWN = "rtmps://•••@h/live2/abcd•••?token=•••";

    private static PushEntry read(String target) throws Refused {
        Map<String, String> given = new HashMap<>(Map.of("name", "out", "stream", "cam", "target", target, "rule", "", "from", "", "until", ""));
        for (String seconds : new String[] {"minOnSeconds", "minOffSeconds", "onAfterSeconds", "offAfterSeconds", "waitSeconds"}) {
            given.put(seconds, "0");
        }
        return PushForm.read(given::get, STORED);
    }

    @Test
    void theKeyInATargetsPathIsNotInTheFormAndStays() throws Refused {
        assertEquals(SHOWN, Masked.secrets(STORED.target()));
        assertEquals(STORED.target(), read(SHOWN).target());
        assertEquals("rtmp://h/live/other-stream-key", read("rtmp://h/live/other-stream-key").target());
        assertEquals(400, assertThrows(Refused.class, () -> read(SHOWN.replace("live2", "live3"))).status());
    }
}
