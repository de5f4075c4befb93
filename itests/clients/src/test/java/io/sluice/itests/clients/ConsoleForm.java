package io.sluice.itests.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.testkit.SluiceServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The dialog in which the Web Console edits one configuration: asks for it and saves it as the page's script does (res/ui/config.js), every field of the form included. */
final class ConsoleForm {
    private static final int BOOLEAN = 11;

    private final SluiceServer server;
    private final JsonNode form;
    private final Map<String, List<String>> fields = new LinkedHashMap<>();

    private ConsoleForm(SluiceServer server, JsonNode form) {
        this.server = server;
        this.form = form;
        form.path("properties").fields().forEachRemaining(field -> fields.put(field.getKey(), filled(field.getValue())));
    }

    /** The dialog of an existing configuration, or of a PID that has none yet. */
    static ConsoleForm of(SluiceServer server, String pid) throws IOException {
        return open(server, pid, "post=true");
    }

    /** The dialog behind the plus sign of a factory. */
    static ConsoleForm create(SluiceServer server, String factoryPid) throws IOException {
        return open(server, factoryPid, "post=true&create=1");
    }

    private static ConsoleForm open(SluiceServer server, String pid, String query) throws IOException {
        HttpResponse<String> answer = server.getAdmin("/system/console/configMgr/" + encoded(pid) + "?" + query);
        if (answer.statusCode() != 200) {
            throw new IOException("the console has no dialog for " + pid + ": " + answer.statusCode() + " " + answer.body());
        }
        return new ConsoleForm(server, new ObjectMapper().readTree(answer.body()));
    }

    /** What a field sends as long as nobody touches it; a check box is followed by a hidden "false". */
    private static List<String> filled(JsonNode field) {
        List<String> values = new ArrayList<>();
        if (!field.has("value")) {
            field.path("values").forEach(value -> values.add(value.asText()));
        } else if (field.path("type").asInt() == BOOLEAN) {
            values.addAll(field.path("value").asText().equalsIgnoreCase("true") ? List.of("true", "false") : List.of("false"));
        } else {
            values.add(field.path("value").asText());
        }
        return values;
    }

    ConsoleForm set(String attribute, String... values) {
        if (!fields.containsKey(attribute)) {
            throw new IllegalArgumentException("the dialog has no field " + attribute + ", only " + fields.keySet());
        }
        fields.put(attribute, List.of(values));
        return this;
    }

    /** Clicks Save; returns when the console has answered. */
    void save() throws IOException {
        List<String> body = new ArrayList<>(List.of("apply=true", "action=ajaxConfigManager", pair("$location", form.path("bundle_location").asText(""))));
        if (form.hasNonNull("factoryPid")) {
            body.add(pair("factoryPid", form.path("factoryPid").asText()));
        }
        fields.forEach((name, values) -> values.forEach(value -> body.add(pair(name, value))));
        String others = form.path("additionalProperties").asText("");
        body.add(pair("propertylist", (others.isEmpty() ? "" : others + ",") + String.join(",", fields.keySet())));
        URI target = server.admin("/system/console/configMgr/" + encoded(form.path("pid").asText()));
        HttpResponse<String> answer = server.send(HttpRequest.newBuilder(target).header("Authorization", SluiceServer.basic())
            .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(String.join("&", body))).build());
        if (answer.statusCode() != 302 && answer.statusCode() != 200) {
            throw new IOException("the console did not save " + form.path("pid").asText() + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    /** What the dialog shows; several values with commas between. */
    String value(String attribute) {
        JsonNode field = form.path("properties").path(attribute);
        return field.has("value") ? field.path("value").asText() : String.join(",", filled(field));
    }

    /** The bundle location that Configuration Admin holds, as the console shows it. */
    String location() {
        return form.path("bundle_location").asText();
    }

    private static String pair(String name, String value) {
        return encoded(name) + "=" + encoded(value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
