package io.sluice.admin.console.internal;

import io.sluice.api.variable.Expansion;
import io.sluice.api.variable.Variables;
import java.util.Map;

/** The forms of the page of variables: one that makes or edits, one that shows what a template gives. */
final class VariableForms {
    private VariableForms() {
    }

    /** @param values as they are configured now */
    static void edit(Html html, String root, PageToken token, Map<String, Object> values) {
        html.raw("<form class=\"statline\" method=\"post\" action=\"").text(root).raw("\">" + token.field());
        field(html, "Name", "name", values, "size=\"16\" required maxlength=\"64\"");
        field(html, "Type", "type", values, "size=\"10\" list=\"sluice-types\" required");
        html.raw("<datalist id=\"sluice-types\"><option>static<option>command<option>url<option>file<option>calendar</datalist>");
        field(html, "Target", "target", values, "size=\"40\"");
        field(html, "Value", "value", values, "size=\"20\"");
        field(html, "Interval (ms)", "intervalMillis", values, "type=\"number\" min=\"0\" style=\"width:7em\"");
        field(html, "Wait time (ms)", "waitMillis", values, "type=\"number\" min=\"0\" style=\"width:7em\"");
        field(html, "Length at most", "maxBytes", values, "type=\"number\" min=\"1\" max=\"65536\" style=\"width:6em\"");
        Object parameters = values.get("parameters");
        html.raw("<label>Parameters (key=value, a line each) <textarea name=\"parameters\" rows=\"2\" cols=\"40\">")
            .text(parameters instanceof Object[] lines ? String.join("\n", java.util.Arrays.stream(lines).map(String::valueOf).toList()) : parameters)
            .raw("</textarea></label> <button type=\"submit\" name=\"save\" value=\"1\">Save</button></form>\n");
    }

    private static void field(Html html, String label, String name, Map<String, Object> values, String attributes) {
        html.raw("<label>" + label + " <input name=\"" + name + "\" " + attributes + " value=\"").text(values.get(name)).raw("\"></label> ");
    }

    /** @param template what somebody wants to see expanded, or null */
    static void preview(Html html, String root, Variables engine, String template, String stream) {
        String streamShown = stream == null || stream.isBlank() ? "" : stream.strip();
        html.raw("<form class=\"statline\" method=\"get\" action=\"").text(root).raw("\"><label>What does this give? <input name=\"template\" size=\"40\" value=\"")
            .text(template == null ? "" : template).raw("\"></label> <label>for the stream <input name=\"stream\" size=\"12\" value=\"").text(streamShown)
            .raw("\"></label> <button type=\"submit\">Preview</button>");
        if (template != null && engine != null) {
            Expansion e = engine.expand(template, streamShown.isEmpty() ? Map.of() : Map.of("stream", streamShown));
            html.raw(" <code id=\"sluice-preview\">").text(e.text()).raw("</code>");
            if (!e.problem().isEmpty()) {
                html.raw(" <span class=\"ui-state-error\">").text(e.problem()).raw("</span>");
            }
        }
        html.raw("</form>\n");
    }
}
