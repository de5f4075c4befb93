package io.sluice.admin.console.internal;

import io.sluice.api.push.PushPreview;
import io.sluice.api.push.PushSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** When a rule was and will be on, drawn: a bar for the whole and one for each condition, a line for each midnight and for now. No script: reasons are titles. */
final class PushTimeline {
    private static final int LEFT = 260;
    private static final int WIDTH = 800;
    private static final int ROW = 22;
    private static final int TOP = 18;
    /** Narrower than this nobody sees it; and a browser draws thousands of them slowly. */
    private static final int MOST_BARS = 2000;
    private static final int LABEL = 40;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss", Locale.ENGLISH);
    private final Html html;
    private final Instant from;
    private final Instant to;
    private final ZoneId zone;

    private PushTimeline(Html html, Instant from, Instant to, ZoneId zone) {
        this.html = html;
        this.from = from;
        this.to = to;
        this.zone = zone;
    }

    static void draw(Html html, List<PushPreview.Line> lines, Instant from, Instant to, Instant now, ZoneId zone) {
        if (!lines.isEmpty()) {
            new PushTimeline(html, from, to, zone).draw(lines, now);
        }
    }

    private void draw(List<PushPreview.Line> lines, Instant now) {
        int height = TOP + lines.size() * ROW + 4;
        html.raw("<svg id=\"sluice-timeline\" xmlns=\"http://www.w3.org/2000/svg\" width=\"" + (LEFT + WIDTH + 4) + "\" height=\"" + height + "\" font-size=\"11\" role=\"img\">");
        for (ZonedDateTime day = from.atZone(zone).truncatedTo(ChronoUnit.DAYS).plusDays(1); day.toInstant().isBefore(to); day = day.plusDays(1)) {
            line(day.toInstant(), height, "#999");
            html.raw("<text x=\"" + (x(day.toInstant()) + 2) + "\" y=\"12\">").text(DAY.format(day)).raw("</text>");
        }
        int y = TOP;
        for (PushPreview.Line line : lines) {
            row(line, y);
            y += ROW;
        }
        line(now, height, "#c00");
        html.raw("</svg>\n<p>").text("Green: on; grey: off; white: not known. From " + time(from) + " to " + time(to) + ", " + zone + ". Whoever points at a bar reads why.").raw("</p>\n");
    }

    private void row(PushPreview.Line line, int y) {
        String label = line.label().length() > LABEL ? line.label().substring(0, LABEL) + "…" : line.label();
        html.raw("<g><text x=\"0\" y=\"" + (y + 14) + "\"><title>").text(line.label()).raw("</title>").text(label).raw("</text>");
        html.raw("<rect x=\"" + LEFT + "\" y=\"" + y + "\" width=\"" + WIDTH + "\" height=\"" + (ROW - 4) + "\" fill=\"#fff\" stroke=\"#bbb\"><title>not known</title></rect>");
        line.spans().stream().limit(MOST_BARS).forEach(s -> bar(s, y));
        html.raw("</g>\n");
    }

    private void bar(PushSpan span, int y) {
        double left = x(span.from());
        double width = Math.max(0.5, x(span.to()) - left);
        html.raw("<rect class=\"" + (span.on() ? "on" : "off") + "\" x=\"" + left + "\" y=\"" + y + "\" width=\"" + Math.round(width * 10) / 10.0 + "\" height=\"" + (ROW - 4) + "\" fill=\""
            + (span.on() ? "#4a4" : "#ddd") + "\"><title>").text((span.on() ? "on" : "off") + " from " + time(span.from()) + " to " + time(span.to()) + ": " + span.why())
            .raw("</title></rect>");
    }

    private void line(Instant at, int height, String colour) {
        html.raw("<line x1=\"" + x(at) + "\" x2=\"" + x(at) + "\" y1=\"0\" y2=\"" + height + "\" stroke=\"" + colour + "\"/>");
    }

    private double x(Instant at) {
        double share = (double) Duration.between(from, at).toMillis() / Math.max(1, Duration.between(from, to).toMillis());
        return Math.round((LEFT + WIDTH * Math.max(0, Math.min(1, share))) * 10) / 10.0;
    }

    private String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }
}
