package io.sluice.admin.console.internal;

import io.sluice.api.push.PushEntry;
import java.util.List;
import java.util.function.UnaryOperator;

/** An entry as a form, and back. What is secret in it is not in the form, and stays as it is when the form returns. */
final class PushForm {
    private static final int MOST_CHARACTERS = 4096;
    static final PushEntry NEW = new PushEntry("", "", "", "");

    private PushForm() {
    }

    /** @param entry as it is configured, or a draft @param known whether there is one of this name */
    static void fields(Html html, PushEntry entry, boolean known, List<String> conditions) {
        input(html, "name", "Name", entry.name(), "size=\"16\" required maxlength=\"64\" pattern=\"[A-Za-z0-9_.\\-]+\"" + (known ? " readonly" : ""));
        input(html, "stream", "Stream", entry.stream(), "size=\"16\" required placeholder=\"cam, cam+studio, cam+\"");
        input(html, "target", "Target", Masked.secrets(entry.target()), "size=\"60\" required placeholder=\"/recordings/&#36;stream_&#36;datetime.mkv\"");
        html.raw("<p><label>Rule; empty: whenever the stream is there<br><textarea name=\"rule\" rows=\"2\" cols=\"100\">").text(Masked.secrets(entry.rule())).raw("</textarea></label></p>\n<p>")
            .text("Conditions that there are: " + String.join(", ", conditions) + ". Joined by and, or, not and parentheses: variable(name=onair, is=true) and not viewers(over=100)").raw("</p>\n");
        input(html, "from", "From", entry.from(), "size=\"30\" placeholder=\"2026-12-31T20:00:00Z\"");
        input(html, "until", "Until (then it is deleted)", entry.until(), "size=\"30\"");
        html.raw("<p>");
        number(html, "minOnSeconds", "Least time on, s", entry.minOnSeconds());
        number(html, "minOffSeconds", "Least time off, s", entry.minOffSeconds());
        number(html, "onAfterSeconds", "On after, s", entry.onAfterSeconds());
        number(html, "offAfterSeconds", "Off after, s", entry.offAfterSeconds());
        number(html, "waitSeconds", "Wait, s (-1: as for all)", entry.waitSeconds());
        html.raw("<label><input type=\"checkbox\" name=\"enabled\" value=\"true\"" + (entry.enabled() ? " checked" : "") + "> Enabled</label></p>\n");
    }

    private static void input(Html html, String name, String label, String value, String more) {
        html.raw("<p><label>").text(label).raw(" <input name=\"" + name + "\" " + more + " value=\"").text(value).raw("\"></label></p>\n");
    }

    private static void number(Html html, String name, String label, double value) {
        html.raw("<label>").text(label).raw(" <input type=\"number\" step=\"any\" min=\"-1\" style=\"width:6em\" name=\"" + name + "\" value=\"")
            .text(value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value)).raw("\"></label> ");
    }

    /**
     * @param given  a field's text by its name, or null
     * @param stored the entry of this name, or null
     * @throws Refused in words
     */
    static PushEntry read(UnaryOperator<String> given, PushEntry stored) throws Refused {
        return new PushEntry(text(given, "name"), text(given, "stream"), unmasked(text(given, "target"), stored == null ? "" : stored.target()),
            unmasked(text(given, "rule").replaceAll("\\s+", " "), stored == null ? "" : stored.rule()), "true".equals(given.apply("enabled")), text(given, "from"), text(given, "until"),
            seconds(given, "minOnSeconds"), seconds(given, "minOffSeconds"), seconds(given, "onAfterSeconds"), seconds(given, "offAfterSeconds"), seconds(given, "waitSeconds"));
    }

    private static String unmasked(String given, String stored) throws Refused {
        String whole = given.equals(Masked.secrets(stored)) ? stored : given;
        if (whole.contains(Masked.DOTS)) {
            throw new Refused(400, "Where " + Masked.DOTS + " stands a secret is hidden. Who changes a target or a rule writes it again.");
        }
        return whole;
    }

    private static String text(UnaryOperator<String> given, String name) throws Refused {
        String text = given.apply(name);
        if (text == null || text.length() > MOST_CHARACTERS) {
            throw new Refused(400, "The field " + name + " is missing, or longer than " + MOST_CHARACTERS + " characters.");
        }
        return text.strip();
    }

    private static double seconds(UnaryOperator<String> given, String name) throws Refused {
        try {
            return Double.parseDouble(text(given, name));
        } catch (NumberFormatException e) {
            throw new Refused(400, name + " is to be a number of seconds.");
        }
    }
}
