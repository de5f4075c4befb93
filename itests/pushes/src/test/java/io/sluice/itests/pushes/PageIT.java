package io.sluice.itests.pushes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Chromium;
import io.sluice.testkit.rtmp.RtmpPublisher;
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
    private static final String PAGE = "/system/console/sluice-pushes";
    private static final String RULE = "time(days=mon-fri, from=20:00, to=22:00, zone=Europe/Amsterdam) or not viewers(over=100)";

    @TempDir
    static Path folder;
    private static PushServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new PushServer(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close("page");
    }

    @Test
    void aPushIsLookedAtMadeEditedStoppedAndRemovedByClicks() throws Exception {
        Path output = Files.createDirectories(Path.of(System.getProperty("sluice.output")));
        try (RtmpPublisher publisher = server.publish("cam"); Chromium browser = Chromium.start()) {
            browser.header("Authorization", SluiceServer.basic());
            open(browser, "");
            browser.evaluate("document.querySelector('details').open = true");
            fill(browser, "details [name=name]", "mine");
            fill(browser, "details [name=stream]", "cam");
            fill(browser, "details [name=target]", "$stream-$year.ts");
            fill(browser, "details [name=rule]", "time(days=mon-fri");
            browser.click("button[name=preview]");
            shows(browser, "the rule is wrong at character");
            fill(browser, "details [name=rule]", RULE);
            browser.click("button[name=preview]");
            Await.until("a timeline is drawn", PushServer.PATIENCE, () -> browser.evaluate("document.querySelectorAll('#sluice-timeline rect.on').length").asInt() > 3);
            shows(browser, "Target now: cam-20");
            assertTrue(browser.evaluate("document.querySelector('#sluice-timeline rect.on title').textContent").asText().startsWith("on from"));
            browser.screenshot(output.resolve("pushes-preview.png"));
            browser.click("button[name=save]");
            shows(browser, "mine", "RUNNING", "not");
            assertTrue(Files.readString(server.file("io.sluice.pushes.push~mine")).contains("$stream-$year.ts"));
            browser.screenshot(output.resolve("pushes.png"));

            press(browser, "Stop");
            shows(browser, "stopped by hand");
            press(browser, "Start now");
            shows(browser, "RUNNING");
            press(browser, "Disable");
            shows(browser, "switched off");
            secretsStay(browser);
            press(browser, "Delete");
            Await.until("it is gone", PushServer.PATIENCE, () -> !Files.exists(server.file("io.sluice.pushes.push~mine")));

            open(browser, "");
            fill(browser, "form.statline [name=stream]", "cam");
            fill(browser, "form.statline [name=target]", "hand.ts");
            browser.click("button[name=start]");
            shows(browser, "hand.ts", "RUNNING");
            press(browser, "Stop");
            shows(browser, "ENDED");
            assertEquals(List.of(), browser.failures());
        }
    }

    private static void secretsStay(Chromium browser) throws Exception {
        open(browser, "?edit=mine");
        fill(browser, "details [name=target]", "rtmp://me:hidden@127.0.0.1:1/live/x");
        browser.click("button[name=save]");
        Await.until("it is saved", PushServer.PATIENCE, () -> Files.readString(server.file("io.sluice.pushes.push~mine")).contains("me:hidden"));
        open(browser, "?edit=mine");
        assertFalse(browser.evaluate("document.documentElement.outerHTML").asText().contains("hidden@"), "no secret is in the page");
        fill(browser, "details [name=minOnSeconds]", "7");
        browser.click("button[name=save]");
        Await.until("it is saved", PushServer.PATIENCE, () -> Files.readString(server.file("io.sluice.pushes.push~mine")).contains("7"));
        assertTrue(Files.readString(server.file("io.sluice.pushes.push~mine")).contains("me:hidden@127.0.0.1:1/live/x"), "the secret stays");
    }

    private static void open(Chromium browser, String query) throws Exception {
        browser.navigate(server.server().admin(PAGE + query));
        Await.until("the page is there", PushServer.PATIENCE, () -> browser.evaluate("!!document.querySelector('#sluice-live table')").asBoolean());
    }

    private static void fill(Chromium browser, String selector, String text) throws Exception {
        browser.evaluate("document.querySelector('" + selector + "').value = '" + text + "'");
    }

    /** The page's lower part is written anew every other second: found and pressed in one go. */
    private static void press(Chromium browser, String label) {
        Await.until(() -> "there is a button " + label + ": " + text(browser), PushServer.PATIENCE, () -> browser.evaluate("(() => { const b = [...document.querySelectorAll('#sluice-live button')]"
            + ".find(b => b.textContent === '" + label + "'); if (b) b.click(); return !!b; })()").asBoolean());
    }

    private static void shows(Chromium browser, String... words) {
        Await.until(() -> "the page shows " + List.of(words) + ": " + text(browser) + "\n" + server.server().log(), PushServer.PATIENCE, () -> List.of(words).stream().allMatch(text(browser)::contains));
    }

    private static String text(Chromium browser) {
        try {
            return browser.evaluate("document.body.innerText").asText();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
