package io.sluice.admin.welcome.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.net.Connections.Listener;
import java.util.List;
import org.junit.jupiter.api.Test;

class WelcomeTextTest {
    private static final Listener RTMP = new Listener("rtmp", "0:0:0:0:0:0:0:0:1935", false, List.of("rtmp"), "");
    private static final Listener HTTP = new Listener("http", "0:0:0:0:0:0:0:0:8080", false, List.of("http"), "");
    private static final Facts.Admin ADMIN = new Facts.Admin("127.0.0.1", 4242, true, "admin", "", false);

    private static String text(List<Listener> listeners, boolean open, Facts.Admin admin, String... problems) {
        return WelcomeText.of(new Facts("1.2.3", "192.0.2.7", listeners, "K-1", open, admin, List.of(problems)));
    }

    @Test
    void aFirstStartSaysAllThatANewcomerNeeds() {
        String text = text(List.of(HTTP, RTMP), false, new Facts.Admin("127.0.0.1", 4242, true, "admin", "pass-word", false));
        for (String wanted : new String[] {"Sluice 1.2.3 is ready.", "http://localhost:8080/demo.html", "http://localhost:8080/mine.html",
            "ffmpeg -re -i any.mp4 -c copy -f flv \"rtmp://localhost/live/mine?key=K-1\"", "Server      rtmp://192.0.2.7/live\n", "Stream Key  mine?key=K-1\n",
            "http://localhost:4242/system/console", "user admin, password pass-word ", "ssh -L 4242:127.0.0.1:4242 "}) {
            assertTrue(text.contains(wanted), wanted + " is not in " + text);
        }
        assertFalse(text.contains("OPEN"), text);
    }

    @Test
    void aLaterStartDoesNotKnowThePassword() {
        assertTrue(text(List.of(HTTP, RTMP), false, ADMIN).contains("password as shown at the first start"));
        assertTrue(text(List.of(HTTP, RTMP), false, new Facts.Admin("127.0.0.1", 4242, true, "admin", "", true)).contains("SLUICE_ADMIN_PASSWORD"));
    }

    @Test
    void anOpenServerSaysSoAndShowsNoKey() {
        String text = text(List.of(HTTP, RTMP), true, ADMIN);
        assertTrue(text.contains("OPEN: no key needed"), text);
        assertFalse(text.contains("K-1"), text);
    }

    @Test
    void aTakenPortIsNamedWithWhatChangesIt() {
        String text = text(List.of(HTTP, new Listener("rtmp", "0.0.0.0:1935", false, List.of("rtmp"), "cannot listen on 0.0.0.0:1935: in use")), false, ADMIN);
        assertTrue(text.contains("PROBLEM: the listener rtmp cannot listen on 0.0.0.0:1935: in use."), text);
        assertTrue(text.contains("SLUICE_RTMP_PORT=1936"), text);
        assertFalse(text.contains("is ready"), text);
        assertFalse(text.contains("ffmpeg"), text);
        assertTrue(text.contains("/demo.html"), text);
    }

    @Test
    void aTakenAdminPortIsNamedToo() {
        String text = text(List.of(HTTP, RTMP), false, new Facts.Admin("127.0.0.1", 4242, false, "admin", "", false));
        assertTrue(text.contains("PROBLEM: the Web Console cannot listen on 127.0.0.1:4242"), text);
        assertTrue(text.contains("SLUICE_ADMIN_PORT=4243"), text);
    }

    @Test
    void otherPortsAndTlsAreInTheAddresses() {
        String text = text(List.of(new Listener("web", "[::]:8443", true, List.of("http"), ""), new Listener("in", "[::]:1936", false, List.of("rtmp"), "")), false,
            new Facts.Admin("0.0.0.0", 80, true, "admin", "", false));
        assertTrue(text.contains("https://localhost:8443/demo.html"), text);
        assertTrue(text.contains("rtmp://192.0.2.7:1936/live"), text);
        assertTrue(text.contains("http://192.0.2.7:80/system/console"), text);
    }

    @Test
    void aServerWithoutNetworkOrStreamsSaysWhatIsMissing() {
        String text = text(List.of(), false, ADMIN, "there are no streams.");
        assertTrue(text.contains("PROBLEM: nothing listens for media"), text);
        assertTrue(text.contains("PROBLEM: there are no streams."), text);
    }
}
