package io.sluice.itests.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.HttpReceiver;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console's page in a real browser. */
@Tag("once")
class PageIT {
    private static final String PAGE = "/system/console/sluice-triggers";

    @TempDir
    static Path folder;
    private static TriggerServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new TriggerServer(folder).start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close("page");
    }

    @Test
    void aTriggerIsMadeTriedChangedAndRemovedByClicks() throws Exception {
        try (HttpReceiver hook = HttpReceiver.saying("no, thanks"); Chromium browser = Chromium.start()) {
            browser.header("Authorization", SluiceServer.basic());
            open(browser, "");
            String target = hook.uri("/hook").toString();
            fill(browser, "name", "mine");
            fill(browser, "type", "USER_NEW");
            fill(browser, "target", target + "?key=hidden");
            fill(browser, "parameters", "header.X-Password=hidden too");
            fill(browser, "secret", "hidden as well");
            browser.evaluate("document.querySelector('details').open = true");
            browser.click("details button[type=submit]");
            shows(browser, "mine", "USER_NEW", "webhook");
            String file = Files.readString(server.conf("io.sluice.triggers.trigger~mine"));
            assertTrue(file.contains(target + "?key=hidden") && file.contains("hidden as well"), file);

            open(browser, "?sample=io.sluice.triggers.trigger~mine");
            browser.click("form button[type=submit]");
            shows(browser, "Answer: \"no, thanks\"", "no: the viewer is refused");
            assertEquals(1, hook.received().size());
            assertEquals("hidden too", hook.received().get(0).headers().get("x-password"));
            assertTrue(hook.received().get(0).headers().containsKey("x-sluice-signature"));
            browser.screenshot(Files.createDirectories(Path.of(System.getProperty("sluice.output"))).resolve("triggers-sample.png"));

            open(browser, "?edit=io.sluice.triggers.trigger~mine");
            assertFalse(browser.evaluate("document.documentElement.outerHTML").asText().contains("hidden "), "no secret is in the page");
            assertFalse(browser.evaluate("document.documentElement.outerHTML").asText().contains("key=hidden"));
            fill(browser, "streams", "cam");
            browser.click("details button[type=submit]");
            Await.until("it is saved", TriggerServer.PATIENCE, () -> Files.readString(server.conf("io.sluice.triggers.trigger~mine")).contains("cam"));
            String edited = Files.readString(server.conf("io.sluice.triggers.trigger~mine"));
            assertTrue(edited.contains(target + "?key=hidden") && edited.contains("hidden too") && edited.contains("hidden as well"), "secrets stay: " + edited);
            shows(browser, "mine", "cam");
            browser.screenshot(Path.of(System.getProperty("sluice.output")).resolve("triggers.png"));
            browser.click("#sluice-live form button");
            Await.until("it is gone", TriggerServer.PATIENCE, () -> !Files.exists(server.conf("io.sluice.triggers.trigger~mine")));
            assertEquals(List.of(), browser.failures());
        }
    }

    private static void open(Chromium browser, String query) throws Exception {
        browser.navigate(server.server().admin(PAGE + query));
        Await.until("the page is there", TriggerServer.PATIENCE, () -> browser.evaluate("!!document.querySelector('#sluice-live table')").asBoolean());
    }

    private static void fill(Chromium browser, String field, String text) throws Exception {
        browser.evaluate("document.querySelector('[name=" + field + "]').value = '" + text + "'");
    }

    private static void shows(Chromium browser, String... words) {
        Await.until(() -> "the page shows " + List.of(words) + ": " + text(browser), TriggerServer.PATIENCE, () -> List.of(words).stream().allMatch(text(browser)::contains));
    }

    private static String text(Chromium browser) {
        try {
            return browser.evaluate("document.body.innerText").asText();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
