package io.sluice.admin.console.internal;

import java.util.List;

/** Builds markup in which every text is text: also {@code $}, because the Web Console fills in variables in what its pages write. One thread. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"', '\'', '$' -> safe.append("&#").append(c).append(';');
                default -> safe.appendCodePoint(c < 0x20 && c != '\n' && c != '\t' ? 0xFFFD : c);
            }
        });
        return safe.toString();
    }

    /** Markup of our own, constant in the source. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    Html text(Object text) {
        out.append(escape(String.valueOf(text)));
        return this;
    }

    Html heading(String text) {
        return raw("<h3>").text(text).raw("</h3>\n");
    }

    Html table(String... columns) {
        raw("<table class=\"nicetable ui-widget\"><thead><tr>");
        for (String column : columns) {
            raw("<th class=\"ui-widget-header\">").text(column).raw("</th>");
        }
        return raw("</tr></thead><tbody class=\"ui-widget-content\">\n");
    }

    Html row() {
        return raw("<tr>");
    }

    Html cell(Object text) {
        return raw("<td>").text(text).raw("</td>");
    }

    Html endRow() {
        return raw("</tr>\n");
    }

    /** @param empty what stands there when there is no row */
    Html endTable(List<?> rows, String empty) {
        raw("</tbody></table>\n");
        return rows.isEmpty() ? raw("<p>").text(empty).raw("</p>\n") : this;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
