package io.sluice.admin.console.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.plugin.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jakarta.servlet.ServletException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsPageTest {
    private static final String SHA = "0123456789abcdef".repeat(4);

    @TempDir
    Path home;

    private final List<String> elected = new ArrayList<>();
    private PluginsPage page;

    /** A deployer that knows one version with a hostile manifest. */
    private final Plugins plugins = new Plugins() {
        @Override
        public <T> AutoCloseable listen(Class<T> type, Listener<T> listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Info> list() {
            return List.of(new Info("<script>alert(1)</script>", "1.0", SHA, "a&b.jar", State.STANDBY, "\"quoted\" ${appRoot}", List.of("Protocol rtmp"), 3));
        }

        @Override
        public void elect(String sha256) {
            if (!sha256.equals(SHA)) {
                throw new IllegalArgumentException("there is no version <" + sha256 + ">");
            }
            elected.add(sha256);
        }
    };

    @BeforeEach
    void open() {
        page = new PluginsPage(home, plugins, null);
    }

    private String rendered() throws ServletException, IOException {
        FakeExchange exchange = new FakeExchange();
        page.renderContent(exchange.request(), exchange.response());
        return exchange.body.toString();
    }

    private String token() throws ServletException, IOException {
        Matcher matcher = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(rendered());
        assertTrue(matcher.find());
        return matcher.group(1);
    }

    private FakeExchange post(FakeExchange exchange) throws ServletException, IOException {
        page.doPost(exchange.post().request(), exchange.response());
        return exchange;
    }

    @Test
    void textIsNeverMarkup() throws ServletException, IOException {
        String html = rendered();
        assertFalse(html.contains("<script>alert"), html);
        assertTrue(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), html);
        assertTrue(html.contains("a&amp;b.jar") && html.contains("&#34;quoted&#34; &#36;{appRoot}"), html);
    }

    @Test
    void theLivePartIsServedAlone() throws ServletException, IOException {
        FakeExchange exchange = new FakeExchange();
        exchange.path = "/sluice-plugins/live";
        page.doGet(exchange.request(), exchange.response());
        assertTrue(exchange.body.toString().startsWith("<table"), exchange.body.toString());
    }

    @Test
    void electingNeedsTheToken() throws ServletException, IOException {
        FakeExchange without = new FakeExchange();
        without.parameters.put("elect", SHA);
        assertEquals(403, post(without).status);
        assertEquals(List.of(), elected);
        FakeExchange with = new FakeExchange().from("http://localhost:4242");
        with.parameters.put("elect", SHA);
        with.parameters.put("token", token());
        assertEquals("/system/console/sluice-plugins", post(with).redirect);
        assertEquals(List.of(SHA), elected);
    }

    @Test
    void aForeignPageIsRefusedEvenWithTheToken() throws ServletException, IOException {
        FakeExchange foreign = new FakeExchange().from("http://evil.example");
        foreign.parameters.put("elect", SHA);
        foreign.parameters.put("token", token());
        assertEquals(403, post(foreign).status);
        assertEquals(List.of(), elected);
    }

    @Test
    void aRefusalSaysWhyAndIsSafe() throws ServletException, IOException {
        FakeExchange wrong = new FakeExchange();
        wrong.parameters.put("elect", "<b>");
        wrong.parameters.put("token", token());
        assertEquals(409, post(wrong).status);
        assertTrue(wrong.body.toString().contains("there is no version &lt;&lt;b&gt;&gt;"), wrong.body.toString());
    }

    private FakeExchange uploading(String fileName, String token) throws ServletException, IOException {
        FakeExchange exchange = new FakeExchange().part("jar", fileName, new byte[] {'P', 'K', 3, 4, 0, 0}).part("token", null, token.getBytes());
        exchange.contentType = "multipart/form-data; boundary=x";
        exchange.length = 500;
        return post(exchange);
    }

    @Test
    void anUploadLandsInDeploy() throws ServletException, IOException {
        assertEquals(403, uploading("x.jar", "wrong").status);
        assertEquals(400, uploading("../x.jar", token()).status);
        assertFalse(Files.exists(home.resolve("x.jar")) || Files.exists(home.resolve("deploy/x.jar")));
        assertEquals("/system/console/sluice-plugins", uploading("x.jar", token()).redirect);
        assertTrue(Files.exists(home.resolve("deploy/x.jar")));
    }

    @Test
    void aTooLongUploadIsRefusedBeforeItIsRead() throws ServletException, IOException {
        FakeExchange exchange = new FakeExchange();
        exchange.contentType = "multipart/form-data; boundary=x";
        exchange.length = Upload.MAX_BYTES * 2;
        assertEquals(413, post(exchange).status);
        exchange.length = -1;
        assertEquals(411, post(exchange).status);
    }
}
