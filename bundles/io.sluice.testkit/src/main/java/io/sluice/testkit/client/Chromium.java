package io.sluice.testkit.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A headless Chromium with its default autoplay policy, one page. Calls from one thread. */
public final class Chromium implements AutoCloseable {
    private static final List<String> FLAGS = List.of("--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--window-size=1280,900", "--disable-default-apps",
        "--no-default-browser-check", "--remote-allow-origins=*");

    private final Path profile;
    private final Program program;
    private final DevTools tools;
    private final List<String> console = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    private Chromium(List<String> more) throws IOException {
        profile = Files.createTempDirectory("chromium");
        List<String> command = new ArrayList<>(List.of("chromium"));
        command.addAll(FLAGS);
        command.addAll(more);
        command.addAll(List.of("--user-data-dir=" + profile, "about:blank"));
        program = Program.start(command);
        tools = new DevTools(page(), this::event);
        for (String domain : List.of("Runtime.enable", "Network.enable", "Page.enable", "Log.enable")) {
            tools.call(domain, tools.parameters());
        }
    }

    public static Chromium start() throws IOException {
        return new Chromium(List.of());
    }

    /** One that has a camera (a moving test picture with a beep each second), uses it without asking, plays sound at once, and reaches WebRTC servers on this machine. */
    public static Chromium withCamera() throws IOException {
        return new Chromium(List.of("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required",
            "--allow-loopback-in-peer-connection"));
    }

    private URI page() throws IOException {
        Path file = profile.resolve("DevToolsActivePort");
        Await.until(() -> "Chromium says its port; it says " + program.errors(), Duration.ofSeconds(60), () -> Files.exists(file) && Files.readAllLines(file).size() >= 2);
        URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(file).get(0) + "/json/list");
        try {
            String body = HttpClient.newHttpClient().send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString()).body();
            for (JsonNode target : new ObjectMapper().readTree(body)) {
                if (target.path("type").asText().equals("page")) {
                    return URI.create(target.path("webSocketDebuggerUrl").asText());
                }
            }
            throw new IOException("Chromium has no page: " + body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void event(String method, JsonNode p) {
        switch (method) {
            case "Runtime.consoleAPICalled" -> add(console, p.path("type").asText() + ": " + arguments(p.path("args")));
            case "Runtime.exceptionThrown" -> add(console, "exception: " + p.path("exceptionDetails").path("exception").path("description").asText(p.toString()));
            case "Log.entryAdded" -> add(console, p.path("entry").path("level").asText() + ": " + p.path("entry").path("text").asText() + " " + p.path("entry").path("url").asText());
            case "Network.loadingFailed" -> add(failures, p.path("canceled").asBoolean() ? null : p.path("type").asText() + " failed: " + p.path("errorText").asText());
            case "Network.responseReceived" -> add(failures, p.path("response").path("status").asInt() < 400 ? null
                : p.path("response").path("status").asInt() + " " + p.path("response").path("url").asText());
            default -> {
            }
        }
    }

    private static String arguments(JsonNode args) {
        List<String> words = new ArrayList<>();
        args.forEach(a -> words.add(a.path("value").asText(a.path("description").asText())));
        return String.join(" ", words);
    }

    private void add(List<String> list, String line) {
        if (line != null) {
            synchronized (list) {
                list.add(line);
            }
        }
    }

    /** Opens a page and returns when its document is loaded. */
    public void navigate(URI uri) throws IOException {
        JsonNode result = tools.call("Page.navigate", tools.parameters().put("url", uri.toString()));
        if (result.has("errorText")) {
            throw new IOException(uri + ": " + result.path("errorText").asText());
        }
        Await.until(uri + " is loaded", Duration.ofSeconds(30), () -> evaluate("document.readyState").asText().equals("complete"));
    }

    /** Sends this header with every request of the page, such as Authorization. */
    public void header(String name, String value) throws IOException {
        ObjectNode parameters = tools.parameters();
        parameters.putObject("headers").put(name, value);
        tools.call("Network.setExtraHTTPHeaders", parameters);
    }

    /** The value of an expression; of a promise, what it resolves to. @throws IOException with what it threw */
    public JsonNode evaluate(String expression) throws IOException {
        JsonNode result = tools.call("Runtime.evaluate", tools.parameters().put("expression", expression).put("returnByValue", true).put("awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IOException(expression + " threw " + result.path("exceptionDetails").path("exception").path("description").asText());
        }
        return result.path("result").path("value");
    }

    /** Presses and releases the left button in the middle of an element: a real input event, so that the page has been used by a person in the browser's eyes. */
    public void click(String selector) throws IOException {
        String quoted = new ObjectMapper().writeValueAsString(selector);
        JsonNode place = evaluate("(() => { const e = document.querySelector(" + quoted + "); if (!e) return null; e.scrollIntoView({block: 'center'});"
            + " const r = e.getBoundingClientRect(); return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })()");
        if (place.isNull() || place.isMissingNode()) {
            throw new IOException("nothing to click at " + selector);
        }
        for (String type : List.of("mousePressed", "mouseReleased")) {
            tools.call("Input.dispatchMouseEvent", tools.parameters().put("type", type).put("x", place.path("x").asDouble()).put("y", place.path("y").asDouble())
                .put("button", "left").put("clickCount", 1));
        }
    }

    public void screenshot(Path png) throws IOException {
        String data = tools.call("Page.captureScreenshot", tools.parameters().put("format", "png")).path("data").asText();
        Files.write(png, Base64.getDecoder().decode(data));
    }

    /** Console messages, exceptions and the browser's own complaints so far. */
    public List<String> console() {
        synchronized (console) {
            return List.copyOf(console);
        }
    }

    /** Requests that failed or were answered with 400 and above, so far. */
    public List<String> failures() {
        synchronized (failures) {
            return List.copyOf(failures);
        }
    }

    @Override
    public void close() throws IOException {
        tools.close();
        program.close();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
        }
    }
}
