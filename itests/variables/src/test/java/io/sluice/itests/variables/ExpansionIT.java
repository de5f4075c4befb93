package io.sluice.itests.variables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Static variables, built-ins and templates, by configuration files, by commands and by the console's page. */
@Tag("once")
class ExpansionIT {
    private static final String PAGE = "/system/console/sluice-variables";

    @TempDir
    static Path folder;
    private static VariableServer server;

    @BeforeAll
    static void start() throws IOException {
        server = VariableServer.start(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close("expansion");
    }

    @Test
    void aStaticVariableIsDefinedEditedAndRemoved() throws IOException {
        server.define("plain", "static", "\"value\": \" north \"");
        server.awaitExpansion("<$plain>", "<north>");
        server.define("plain", "static", "\"value\": \"south\"");
        server.awaitExpansion("<$plain>", "<south>");
        Await.until("its history has both", VariableServer.PATIENCE, () -> server.changes("plain").equals(List.of("north", "south")));
        Files.delete(server.file("plain"));
        server.awaitExpansion("<$plain>", "<$plain>\n(there is no value for $plain)");
        server.define("plain", "static", "\"value\": \"again\"");
        server.awaitExpansion("<$plain>", "<again>");
    }

    @Test
    void variablesNameOthersAndCyclesAreSaid() throws IOException {
        server.define("outer", "static", "\"value\": \"${inner}-$stream\"");
        server.define("inner", "static", "\"value\": \"in$year\"");
        server.awaitExpansion("/srv/${outer}_$inner.ts", "/srv/in" + date("%Y") + "-$stream_in" + date("%Y") + ".ts\n(there is no value for $stream)");
        assertEquals("/srv/in" + date("%Y") + "-cam.ts", server.expansion("/srv/$outer.ts", "cam"));
        server.define("one", "static", "\"value\": \"$two\"");
        server.define("two", "static", "\"value\": \"$one\"");
        server.awaitExpansion("$one", "$one\n(a cycle: $one → $two → $one)");
    }

    @Test
    void longValuesAreCutAndLongNamesRefused() throws IOException {
        server.define("long", "static", "\"value\": \"" + "x".repeat(200) + "\"", "\"maxBytes\": 127");
        server.awaitExpansion("$long", "x".repeat(127));
        server.define("n".repeat(65), "static", "\"value\": \"x\"");
        server.define("two words", "static", "\"value\": \"x\"");
        server.define("day", "static", "\"value\": \"x\"");
        Await.until(() -> "all three are refused:\n" + server.variables(), VariableServer.PATIENCE, () -> server.variables().contains("a name has at most 64 characters")
            && server.variables().contains("'two words' is not") && server.variables().contains("'day' is built in"));
    }

    @Test
    void localTimeIsThatOfDate() throws IOException {
        Await.until("both are of the same second", VariableServer.PATIENCE, () -> server.expansion("$year-$month-$day $hour:$minute:$second $wday $yday $week")
            .equals(date("%Y-%m-%d %H:%M:%S %u %j %V")));
        Await.until("both are of the same second", VariableServer.PATIENCE, () -> server.expansion("$datetime").equals(date("%Y.%m.%d.%H.%M.%S")));
        assertEquals("/tmp/cam_" + date("%Y%m%d") + ".ts", server.expansion("/tmp/$stream_$year$month$day.ts", "cam"));
    }

    private static String date(String format) throws IOException {
        Process date = new ProcessBuilder("date", "+" + format).start();
        try (var out = date.inputReader()) {
            return out.readLine();
        }
    }

    @Test
    void aStreamsNameHasThreeParts() {
        assertEquals("a+b a b +b", server.expansion("$stream $basename $wildcard $pluswildcard", "a+b"));
        assertEquals("/media/b.mp4", server.expansion("/media/$wildcard.mp4", "a+b"));
        assertEquals("a a", server.expansion("$stream $basename$wildcard$pluswildcard", "a"));
    }

    @Test
    void aStreamPlaysTheFileThatVariablesName() throws Exception {
        Path shelf = Files.createDirectories(server.home().resolve("media/north"));
        Ffmpeg.installed().clip(shelf.resolve("one.mp4"), 2, 0);
        Ffmpeg.installed().clip(server.home().resolve("other.mp4"), 2, 0);
        server.define("shelf", "static", "\"value\": \"north\"");
        server.awaitExpansion("$shelf", "north");
        Files.writeString(server.home().resolve("conf/io.sluice.streams.stream~films.cfg.json"),
            "{\"name\": \"films\", \"source\": \"file:$shelf/$wildcard.mp4?loop=true\"}");
        Await.until("the stream is configured", VariableServer.PATIENCE, () -> server.shell("sluice:streams").contains("films"));
        try (RtmpPlayer player = RtmpPlayer.open(server.server().rtmp("live", "films+one"))) {
            Await.until(() -> "it plays: " + server.server().log(), VariableServer.PATIENCE, () -> player.count(Kind.VIDEO) > 25);
        }
        try (RtmpPlayer player = RtmpPlayer.open(server.server().rtmp("live", "films+../../other"))) {
            Await.until(() -> "no other folder is read: " + server.server().log(), VariableServer.PATIENCE, () -> !player.ended().isEmpty());
            assertEquals(0, player.count(Kind.VIDEO));
        }
    }

    @Test
    void aTypeThatNobodyReadsIsSaid() throws IOException {
        server.define("future", "telepathy", "\"value\": \"until then\"");
        server.awaitExpansion("$future", "until then");
        assertTrue(server.variable("future").get("error").startsWith("no installed bundle reads the type 'telepathy'"), () -> server.variables());
    }

    @Test
    void thePageMakesEditsAndRemoves() throws IOException {
        assertEquals(302, post(form("onpage", "first")).statusCode());
        server.awaitExpansion("$onpage", "first");
        assertTrue(Files.readString(server.file("onpage")).contains("\"first\""));
        String page = server.server().getAdmin(PAGE + "?template=%24onpage-%24stream&stream=cam&edit=onpage").body();
        assertTrue(page.contains("<code id=\"sluice-preview\">first-cam</code>"), page);
        assertTrue(page.contains("value=\"first\"") && page.contains("<td>onpage</td>"), page);
        assertEquals(302, post(form("onpage", "<second>")).statusCode());
        server.awaitExpansion("$onpage", "<second>");
        assertTrue(server.server().getAdmin(PAGE + "/live").body().contains("&lt;second&gt;"));
        assertEquals(302, post(Map.of("refresh", "onpage")).statusCode());
        assertEquals(302, post(Map.of("remove", "onpage")).statusCode());
        server.awaitExpansion("$onpage", "$onpage\n(there is no value for $onpage)");
        assertEquals(400, post(form("two words", "x")).statusCode());
    }

    private static Map<String, String> form(String name, String value) {
        return Map.of("name", name, "type", "static", "target", "", "value", value, "intervalMillis", "0", "waitMillis", "0", "maxBytes", "4096", "parameters", "");
    }

    private static HttpResponse<String> post(Map<String, String> fields) throws IOException {
        Matcher token = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(server.server().getAdmin(PAGE).body());
        assertTrue(token.find());
        String body = "token=" + token.group(1) + fields.entrySet().stream().map(e -> "&" + e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining());
        return server.server().send(HttpRequest.newBuilder(server.server().admin(PAGE)).header("Authorization", SluiceServer.basic())
            .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }
}
