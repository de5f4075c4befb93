package io.sluice.admin.console.internal;

import io.sluice.api.trigger.TriggerType;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.Hashtable;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A trigger's configuration as a form, and back. What is secret is not in the form, and stays as it is when the form returns. */
final class TriggerForm {
    private static final int MAX_CHARS = 4096;

    private TriggerForm() {
    }

    /** @param stored the properties as they are configured, references not replaced; empty for a new one */
    static Html fields(Html html, Dictionary<String, Object> stored, List<TriggerType> types) {
        html.raw("<datalist id=\"types\">");
        types.forEach(t -> html.raw("<option value=\"").text(t.name()).raw("\">"));
        html.raw("</datalist>\n");
        input(html, "type", "Type", text(stored, "type", ""), "list=\"types\" required");
        input(html, "handler", "Handler", text(stored, "handler", "webhook"), "required");
        input(html, "target", "Target", Masked.address(text(stored, "target", "")), "size=\"60\"");
        area(html, "parameters", "Parameters, key=value", lines(stored, "parameters").stream().map(Masked::line).toList());
        input(html, "secret", text(stored, "secret", "").isEmpty() ? "Secret" : "Secret (empty: as it is)", "", "type=\"password\" autocomplete=\"new-password\"");
        html.raw("<p><label><input type=\"checkbox\" name=\"blocking\" value=\"true\"" + (text(stored, "blocking", "true").equals("true") ? " checked" : "")
            + "> Blocking: wait for the answer</label></p>\n");
        area(html, "streams", "Streams; none: all", lines(stored, "streams"));
        input(html, "params", "Params (threshold)", text(stored, "params", ""), "");
        input(html, "defaultAnswer", "Default answer", text(stored, "defaultAnswer", ""), "");
        input(html, "timeoutMillis", "Time-out, ms", text(stored, "timeoutMillis", "10000"), "type=\"number\" min=\"1\"");
        boolean json = text(stored, "format", "plain").equals("json");
        return html.raw("<p><label>Format <select name=\"format\"><option" + (json ? "" : " selected") + ">plain</option><option" + (json ? " selected" : "")
            + ">json</option></select></label></p>\n");
    }

    private static void input(Html html, String name, String label, String value, String more) {
        html.raw("<p><label>").text(label).raw(" <input name=\"" + name + "\" " + more + " value=\"").text(value).raw("\"></label></p>\n");
    }

    private static void area(Html html, String name, String label, List<String> lines) {
        html.raw("<p><label>").text(label).raw("<br><textarea name=\"" + name + "\" rows=\"2\" cols=\"60\">").text(String.join("\n", lines)).raw("</textarea></label></p>\n");
    }

    /**
     * @param given a field's text by its name, or null
     * @throws Refused in words
     */
    static Dictionary<String, Object> read(UnaryOperator<String> given, Dictionary<String, Object> stored) throws Refused {
        Dictionary<String, Object> next = new Hashtable<>();
        for (Enumeration<String> keys = stored.keys(); keys.hasMoreElements();) {
            String key = keys.nextElement();
            next.put(key, stored.get(key));
        }
        for (String name : List.of("type", "handler", "target", "params", "defaultAnswer", "format")) {
            next.put(name, limited(given.apply(name)).strip());
        }
        next.put("target", Masked.address((String) next.get("target"), text(stored, "target", "")));
        next.put("parameters", Masked.lines(split(limited(given.apply("parameters"))), lines(stored, "parameters")).toArray(String[]::new));
        next.put("streams", split(limited(given.apply("streams"))).toArray(String[]::new));
        next.put("blocking", "true".equals(given.apply("blocking")));
        String secret = limited(given.apply("secret"));
        if (!secret.isEmpty()) {
            next.put("secret", secret);
        }
        String timeout = limited(given.apply("timeoutMillis")).strip();
        if (!timeout.matches("[1-9]\\d{0,5}")) {
            throw new Refused(400, "The time-out must be a number of milliseconds from 1 to 999999.");
        }
        next.put("timeoutMillis", Long.valueOf(timeout));
        if (((String) next.get("type")).isEmpty()) {
            throw new Refused(400, "A trigger needs a type.");
        }
        return next;
    }

    private static String limited(String text) throws Refused {
        if (text != null && text.length() > MAX_CHARS) {
            throw new Refused(413, "A field is longer than " + MAX_CHARS + " characters.");
        }
        return text == null ? "" : text;
    }

    private static List<String> split(String text) {
        return text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    }

    private static String text(Dictionary<String, Object> stored, String key, String otherwise) {
        Object value = stored.get(key);
        return value == null ? otherwise : String.valueOf(value);
    }

    private static List<String> lines(Dictionary<String, Object> stored, String key) {
        Object value = stored.get(key);
        return value instanceof String[] all ? List.of(all) : value == null ? List.of() : Stream.of(String.valueOf(value).split("\n")).toList();
    }
}
