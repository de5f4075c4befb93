package io.sluice.admin.console.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.trigger.TriggerCounts;
import io.sluice.api.trigger.TriggerEvent;
import io.sluice.api.trigger.TriggerReply;
import io.sluice.api.trigger.TriggerReport;
import io.sluice.api.trigger.TriggerReports;
import io.sluice.api.trigger.TriggerType;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

class TriggersPageTest {
    private static final String PID = "io.sluice.triggers.trigger~mine";

    private final Map<String, Dictionary<String, Object>> stored = new TreeMap<>();
    private final List<TriggerEvent> sampled = new ArrayList<>();
    private TriggersPage page;

    /** One trigger with hostile texts. */
    private final TriggerReports engine = new TriggerReports() {
        @Override
        public List<TriggerReport> list() {
            return List.of(new TriggerReport(PID, "USER_NEW", "webhook", "http://h/<script>", true, List.of("${cam}"), "", new TriggerCounts(7, 0, 5, 1, 1, 0, 0, 0, 12_000_000, 4_000_000),
                "it said <b>", System.currentTimeMillis(), 0, 0));
        }

        @Override
        public List<TriggerType> types() {
            return List.of(new TriggerType("USER_NEW", TriggerType.Answer.DECISION, "no: refused", List.of(new TriggerType.Field("stream", TriggerType.Form.TEXT, "show"))));
        }

        @Override
        public Map<String, TriggerCounts> counts() {
            return Map.of();
        }

        @Override
        public CompletionStage<TriggerReply> sample(String id, TriggerEvent event) {
            sampled.add(event);
            return CompletableFuture.completedFuture(new TriggerReply("<i>no</i>", "no: refused", 1_500_000));
        }
    };

    @BeforeEach
    void open() {
        Plugins plugins = proxy(Plugins.class, (m, a) -> {
            @SuppressWarnings("unchecked")
            Plugins.Listener<TriggerReports> listener = (Plugins.Listener<TriggerReports>) a[1];
            @SuppressWarnings("unchecked")
            Plugin<TriggerReports> elected = proxy(Plugin.class, (n, b) -> engine);
            listener.elected("triggers", null, elected);
            return (AutoCloseable) () -> { };
        });
        page = new TriggersPage(plugins, proxy(ConfigurationAdmin.class, (m, a) -> switch (m) {
            case "listConfigurations" -> stored.keySet().stream().filter(pid -> ((String) a[0]).contains("(service.pid=" + pid + ")")).map(this::configuration).toArray(Configuration[]::new);
            case "getFactoryConfiguration" -> configuration(a[0] + "~" + a[1]);
            default -> throw new UnsupportedOperationException(m);
        }), null);
    }

    private Configuration configuration(String pid) {
        return proxy(Configuration.class, (m, a) -> switch (m) {
            case "getPid" -> pid;
            case "getProperties" -> stored.get(pid);
            case "delete" -> stored.remove(pid);
            case "update" -> {
                @SuppressWarnings("unchecked")
                Dictionary<String, Object> given = (Dictionary<String, Object>) a[0];
                yield stored.put(pid, given);
            }
            default -> throw new UnsupportedOperationException(m);
        });
    }

    private interface Call {
        Object of(String method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(TriggersPageTest.class.getClassLoader(), new Class<?>[] {type}, (p, m, a) -> {
            Object result = call.of(m.getName(), a);
            return result instanceof Object[] all && all.length == 0 ? null : result;
        }));
    }

    private String rendered(String... parameters) throws ServletException, IOException {
        FakeExchange exchange = exchange(parameters);
        page.renderContent(exchange.request(), exchange.response());
        return exchange.body.toString();
    }

    private static FakeExchange exchange(String... parameters) {
        FakeExchange exchange = new FakeExchange();
        for (int i = 0; i < parameters.length; i += 2) {
            exchange.parameters.put(parameters[i], parameters[i + 1]);
        }
        return exchange;
    }

    private FakeExchange post(String... parameters) throws ServletException, IOException {
        FakeExchange exchange = exchange(parameters).post();
        Matcher token = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(rendered());
        assertTrue(token.find());
        exchange.parameters.putIfAbsent("token", token.group(1));
        page.doPost(exchange.request(), exchange.response());
        return exchange;
    }

    @Test
    void textIsNeverMarkup() throws Exception {
        String html = rendered();
        assertFalse(html.contains("<script>\"") || html.contains("h/<script>") || html.contains("said <b>") || html.contains("${cam}"), html);
        assertTrue(html.contains("http://h/&lt;script&gt;") && html.contains("&#36;{cam}") && html.contains("2.0 ms, longest 4.0 ms"), html);
    }

    @Test
    void aTriggerIsMadeOnceAndSavedWithItsTypes() throws Exception {
        String[] form = {"save", "", "name", "mine", "type", "USER_NEW", "handler", "exec", "target", " hook ", "parameters", "a=1\n\n b=2 ", "streams", "cam\nshow", "blocking", "true",
            "timeoutMillis", "2500", "format", "json", "secret", ""};
        assertEquals("/system/console/sluice-plugins", post(form).redirect);
        Dictionary<String, Object> saved = stored.get(PID);
        assertEquals("USER_NEW exec hook json 2500 true", saved.get("type") + " " + saved.get("handler") + " " + saved.get("target") + " " + saved.get("format") + " "
            + saved.get("timeoutMillis") + " " + saved.get("blocking"));
        assertArrayEquals(new String[] {"a=1", "b=2"}, (String[]) saved.get("parameters"));
        assertArrayEquals(new String[] {"cam", "show"}, (String[]) saved.get("streams"));
        assertEquals(null, saved.get("secret"));
        assertEquals(409, post(form).status);
        form[3] = "../evil";
        assertEquals(400, post(form).status);
        assertEquals(1, stored.size());
    }

    @Test
    void secretsAreNotShownAndStay() throws Exception {
        Hashtable<String, Object> before = new Hashtable<>(Map.of("type", "USER_NEW", "handler", "webhook", "target", "https://user:hidden1@h/x?key=hidden2&a=$[env:A]", "secret", "hidden3",
            "parameters", new String[] {"header.Authorization=hidden4", "attempts=2", "header.X-Ref=$[env:B]", "secretFile=/etc/s"}, "note", "of mine"));
        stored.put(PID, before);
        String html = rendered("edit", PID);
        assertFalse(Pattern.compile("hidden[1-4]").matcher(html).find(), html);
        assertTrue(html.contains("&#36;[env:A]") && html.contains("&#36;[env:B]") && html.contains("secretFile=/etc/s") && html.contains("attempts=2"), html);
        String dots = Masked.DOTS;
        post("save", PID, "type", "USER_NEW", "handler", "webhook", "target", "https://" + dots + "@h/x?key=" + dots + "&a=$[env:A]", "parameters",
            "attempts=3\nheader.Authorization=" + dots + "\nheader.X-Ref=$[env:B]\nsecretFile=/etc/s", "secret", "", "timeoutMillis", "10000", "format", "plain", "streams", "");
        Dictionary<String, Object> saved = stored.get(PID);
        assertEquals("https://user:hidden1@h/x?key=hidden2&a=$[env:A]", saved.get("target"));
        assertEquals("hidden3", saved.get("secret"));
        assertArrayEquals(new String[] {"attempts=3", "header.Authorization=hidden4", "header.X-Ref=$[env:B]", "secretFile=/etc/s"}, (String[]) saved.get("parameters"));
        assertEquals(false, saved.get("blocking"), "the box was not ticked");
        assertEquals("of mine", saved.get("note"), "what the form does not know stays");
    }

    @Test
    void aSampleIsSentAndItsAnswerShown() throws Exception {
        assertEquals("/system/console/sluice-plugins?sample=" + PID, post("send", PID, "field.stream", "cam").redirect);
        assertEquals("cam", sampled.get(0).stream());
        String html = rendered("sample", PID);
        assertTrue(html.contains("Answer: &#34;&lt;i&gt;no&lt;/i&gt;&#34; after 1.5 ms. It means: no: refused"), html);
    }

    @Test
    void nothingChangesWithoutTheTokenOrForStrangers() throws Exception {
        stored.put(PID, new Hashtable<>(Map.of("type", "USER_NEW")));
        assertEquals(403, post("remove", PID, "token", "guessed").status);
        FakeExchange foreign = exchange("remove", PID).post().from("http://evil.example");
        page.doPost(foreign.request(), foreign.response());
        assertEquals(403, foreign.status);
        assertEquals(1, stored.size());
        assertEquals(404, post("remove", "io.sluice.net").status, "another factory's, or one that is not there");
        post("remove", PID);
        assertEquals(0, stored.size());
    }
}
