package io.sluice.admin.console.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.variable.Expansion;
import io.sluice.api.variable.Variable;
import io.sluice.api.variable.VariableChange;
import io.sluice.api.variable.Variables;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

class VariablesPageTest {
    private final List<String> refreshed = new ArrayList<>();
    private final Map<String, Dictionary<String, Object>> stored = new TreeMap<>();
    private VariablesPage page;

    /** One variable with hostile texts. */
    private final Variables engine = new Variables() {
        @Override
        public Expansion expand(String template, Map<String, String> context) {
            return new Expansion("<" + template + "|" + context.get("stream") + ">", template.contains("no") ? "there is no value for $no" : "");
        }

        @Override
        public List<Variable> list() {
            long now = System.currentTimeMillis();
            return List.of(new Variable("studio", "url", "<script>${x}</script>", true, now - 65_000, now - 5000, now + 3000, 12, "the server answered 500 <b>", 2));
        }

        @Override
        public Variable get(String name) {
            return null;
        }

        @Override
        public List<VariableChange> history(String name, long fromMillis, long toMillis) {
            return List.of();
        }

        @Override
        public AutoCloseable listen(String name, Consumer<VariableChange> listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void refresh(String name) {
            if (!name.equals("studio")) {
                throw new IllegalArgumentException("there is no variable '" + name + "'");
            }
            refreshed.add(name);
        }

        @Override
        public Punctuality punctuality() {
            return new Punctuality(600, 2.5, 5.1, 9);
        }

        @Override
        public void leave() {
            throw new UnsupportedOperationException();
        }
    };

    private ConfigurationAdmin admin() {
        return (ConfigurationAdmin) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ConfigurationAdmin.class}, (p, m, args) -> switch (m.getName()) {
            case "listConfigurations" -> stored.keySet().stream().filter(n -> ((String) args[0]).endsWith("(name=" + n + "))")).findFirst()
                .map(n -> new Configuration[] {configuration(n)}).orElse(null);
            case "getFactoryConfiguration" -> configuration((String) args[1]);
            default -> throw new UnsupportedOperationException(m.toString());
        });
    }

    @SuppressWarnings("unchecked")
    private Configuration configuration(String name) {
        return (Configuration) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Configuration.class}, (p, m, args) -> switch (m.getName()) {
            case "getProperties" -> stored.get(name);
            case "update" -> stored.put(name, (Dictionary<String, Object>) args[0]);
            case "delete" -> stored.remove(name);
            default -> throw new UnsupportedOperationException(m.toString());
        });
    }

    @BeforeEach
    void open() {
        page = new VariablesPage(() -> engine, () -> {
        }, admin(), null);
    }

    private String rendered(String... parameters) throws ServletException, IOException {
        FakeExchange exchange = new FakeExchange();
        for (int i = 0; i < parameters.length; i += 2) {
            exchange.parameters.put(parameters[i], parameters[i + 1]);
        }
        page.renderContent(exchange.request(), exchange.response());
        return exchange.body.toString();
    }

    private FakeExchange post(String... parameters) throws ServletException, IOException {
        Matcher token = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(rendered());
        assertTrue(token.find());
        FakeExchange exchange = new FakeExchange().post();
        exchange.parameters.put("token", token.group(1));
        for (int i = 0; i < parameters.length; i += 2) {
            exchange.parameters.put(parameters[i], parameters[i + 1]);
        }
        page.doPost(exchange.request(), exchange.response());
        return exchange;
    }

    private FakeExchange save(String name, String interval) throws ServletException, IOException {
        return post("name", name, "type", "url", "target", "http://h/$x", "value", "", "intervalMillis", interval, "waitMillis", "0", "maxBytes", "100",
            "parameters", "method=GET\r\n\r\nheader.x = y\r\n");
    }

    @Test
    void valuesAndErrorsAreNeverMarkup() throws ServletException, IOException {
        String html = rendered();
        assertFalse(html.contains("<script>$"), html);
        assertTrue(html.contains("&lt;script&gt;&#36;{x}&lt;/script&gt;") && html.contains("500 &lt;b&gt;"), html);
        assertTrue(html.contains("<td>1 min 5 s ago</td>") && html.contains("<td>5 s</td>") && html.contains("<td>in 3 s</td>") && html.contains("<td>12 ms</td>"), html);
        assertTrue(html.contains("600 readings"), html);
    }

    @Test
    void aTemplateIsPreviewedForAStream() throws ServletException, IOException {
        String html = rendered("template", "$a no", "stream", " cam ");
        assertTrue(html.contains("<code id=\"sluice-preview\">&lt;&#36;a no|cam&gt;</code>"), html);
        assertTrue(html.contains("there is no value for &#36;no"), html);
        assertTrue(rendered("template", "x", "stream", "").contains("&lt;x|null&gt;"));
    }

    @Test
    void whatIsSavedIsAConfiguration() throws ServletException, IOException {
        assertEquals("/system/console/sluice-plugins", save("studio", "1000").redirect);
        Dictionary<String, Object> properties = stored.get("studio");
        assertEquals("http://h/$x", properties.get("target"));
        assertEquals(1000L, properties.get("intervalMillis"));
        assertEquals(100, properties.get("maxBytes"));
        assertEquals(List.of("method=GET", "header.x = y"), List.of((String[]) properties.get("parameters")));
        assertTrue(rendered("edit", "studio").contains("value=\"http://h/&#36;x\""));
        ((Hashtable<String, Object>) properties).put("of.others", "stays");
        save("studio", "2000");
        assertEquals(2000L, stored.get("studio").get("intervalMillis"));
        assertEquals("stays", stored.get("studio").get("of.others"));
    }

    @Test
    void wrongNamesAndNumbersAreRefused() throws ServletException, IOException {
        for (String name : List.of("", "a b", "$x", "x".repeat(10_000), "a)(b=*", "../x")) {
            assertEquals(400, save(name, "0").status);
        }
        assertEquals(400, save("a", "soon").status);
        assertEquals(400, post("name", "a").status);
        assertTrue(stored.isEmpty());
    }

    @Test
    void oneIsRemovedOrReadNow() throws ServletException, IOException {
        save("studio", "0");
        assertEquals(404, post("remove", "other").status);
        assertEquals("/system/console/sluice-plugins", post("remove", "studio").redirect);
        assertTrue(stored.isEmpty());
        assertEquals(404, post("refresh", "other").status);
        post("refresh", "studio");
        assertEquals(List.of("studio"), refreshed);
    }

    @Test
    void withoutTheTokenOrFromAnotherPageNothingIsDone() throws ServletException, IOException {
        FakeExchange without = new FakeExchange().post();
        without.parameters.put("refresh", "studio");
        page.doPost(without.request(), without.response());
        assertEquals(403, without.status);
        FakeExchange foreign = new FakeExchange().post().from("http://evil.example");
        foreign.parameters.put("refresh", "studio");
        page.doPost(foreign.request(), foreign.response());
        assertEquals(403, foreign.status);
        assertEquals(List.of(), refreshed);
    }

    @Test
    void withoutTheEngineThePageSaysSo() throws ServletException, IOException {
        page = new VariablesPage(() -> null, () -> {
        }, admin(), null);
        assertTrue(rendered("template", "x").contains("io.sluice.variables is not running"));
    }
}
