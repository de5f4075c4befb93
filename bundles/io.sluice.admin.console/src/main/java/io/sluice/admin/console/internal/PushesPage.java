package io.sluice.admin.console.internal;

import io.sluice.api.push.Output;
import io.sluice.api.push.PushEntry;
import io.sluice.api.push.PushPreview;
import io.sluice.api.push.Pushes;
import io.sluice.api.stream.Streams;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is recorded and sent elsewhere, when and why; starting, stopping and editing it; a look at when a rule would have been and will be on. */
@Component(service = Servlet.class, property = {ServletConstants.PLUGIN_LABEL + "=sluice-pushes", ServletConstants.PLUGIN_TITLE + "=Pushes",
    ServletConstants.PLUGIN_CATEGORY + "=Sluice", ServletConstants.PLUGIN_CSS_REFERENCES + "=/sluice-pushes/res/live.css"})
public final class PushesPage extends LivePage {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(PushesPage.class);
    private static final Duration PAST = Duration.ofDays(1);
    private static final Duration COMING = Duration.ofDays(7);
    /** A source may have to start first. */
    private static final int START_SECONDS = 60;

    private final transient PageToken token = new PageToken();
    private final transient Drafts drafts = new Drafts();

    /** Gone while the engine is: the page says so. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    transient volatile Pushes pushes;

    @Activate
    public PushesPage(@Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) Streams streams) {
        super(() -> streams);
    }

    @Override
    String fixed(HttpServletRequest request) {
        Pushes engine = pushes;
        if (engine == null) {
            return "";
        }
        Html html = new Html();
        String root = root(request);
        html.raw("<form class=\"statline\" method=\"post\" action=\"").text(root).raw("\">" + token.field() + "Once: <label>Stream <input name=\"stream\" size=\"12\" required></label> "
            + "<label>to <input name=\"target\" size=\"50\" required></label> <button type=\"submit\" name=\"start\" value=\"1\">Start</button></form>\n");
        String edit = request.getParameter("edit");
        PushEntry known = edit == null ? null : engine.entry(edit);
        PushEntry draft = drafts.get(request.getParameter("draft"));
        PushEntry shown = draft != null ? draft : known;
        html.raw("<details" + (shown == null ? "" : " open") + "><summary>").text(known == null ? "Add a push" : "Edit " + edit).raw("</summary><form method=\"post\" action=\"").text(root)
            .raw("\">" + token.field());
        PushForm.fields(html, shown == null ? PushForm.NEW : shown, known != null, engine.conditions());
        html.raw("<p><button type=\"submit\" name=\"preview\" value=\"1\">Preview</button> <button type=\"submit\" name=\"save\" value=\"1\">Save</button></p></form>\n");
        if (shown != null) {
            preview(html, engine, shown);
        }
        return html.raw("</details>\n").toString();
    }

    private static void preview(Html html, Pushes engine, PushEntry entry) {
        Instant now = Instant.now();
        Instant from = now.minus(PAST);
        Instant to = now.plus(COMING);
        PushPreview preview = engine.preview(entry, from, to);
        if (!preview.problem().isEmpty()) {
            html.raw("<p id=\"sluice-problem\" class=\"ui-state-error\">").text(preview.problem()).raw("</p>\n");
        }
        html.raw("<p>Target now: <code id=\"sluice-preview\">").text(preview.target()).raw("</code></p>\n");
        PushTimeline.draw(html, preview.timeline(), from, to, now, ZoneId.systemDefault());
    }

    @Override
    String live(HttpServletRequest request) {
        return PushTable.live(pushes, root(request), token, System.currentTimeMillis());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        try {
            if (!SameOrigin.allows(request)) {
                throw new Refused(403, "This request comes from a page of another server.");
            }
            token.require(request.getParameter(PageToken.FIELD));
            Pushes engine = pushes;
            if (engine == null) {
                throw new Refused(503, "The engine of pushes is away.");
            }
            response.sendRedirect(root(request) + act(engine, request));
        } catch (IllegalArgumentException e) {
            refuse(request, response, new Refused(400, e.getMessage()));
        } catch (Refused e) {
            refuse(request, response, e);
        }
    }

    /** @return what of the page is to be shown now */
    private String act(Pushes engine, HttpServletRequest request) throws Refused, IOException {
        if (request.getParameter("start") != null) {
            start(engine, request);
            return "";
        }
        boolean saves = request.getParameter("save") != null;
        if (saves || request.getParameter("preview") != null) {
            String name = String.valueOf(request.getParameter("name")).strip();
            PushEntry stored = engine.entry(name);
            PushEntry entry = PushForm.read(request::getParameter, stored);
            if (!saves) {
                return "?draft=" + drafts.keep(entry) + (stored == null ? "" : "&edit=" + name);
            }
            engine.save(entry);
            LOG.info("{}: push {} saved in the Web Console", request.getRemoteAddr(), name);
            return "";
        }
        for (String action : List.of("stop", "again", "enable", "disable", "remove")) {
            String of = request.getParameter(action);
            if (of != null) {
                if (!done(engine, action, of)) {
                    throw new Refused(404, "There is no push " + of + ".");
                }
                LOG.info("{}: {} push {} in the Web Console", request.getRemoteAddr(), action, of);
                return "";
            }
        }
        throw new Refused(400, "What is to be done is not known.");
    }

    private static boolean done(Pushes engine, String action, String of) throws IOException {
        switch (action) {
            case "stop":
                return engine.stop(of);
            case "again":
                return engine.again(of);
            case "remove":
                return engine.remove(of);
            default:
                PushEntry known = engine.entry(of);
                if (known != null) {
                    engine.save(known.withEnabled(action.equals("enable")));
                }
                return known != null;
        }
    }

    private static void start(Pushes engine, HttpServletRequest request) throws Refused {
        try {
            List<Output> begun = engine.start(String.valueOf(request.getParameter("stream")), String.valueOf(request.getParameter("target"))).toCompletableFuture()
                .get(START_SECONDS, TimeUnit.SECONDS);
            LOG.info("{}: started {} in the Web Console", request.getRemoteAddr(), begun.stream().map(Output::id).toList());
        } catch (ExecutionException e) {
            throw new Refused(409, "It was not started: " + e.getCause().getMessage());
        } catch (TimeoutException e) {
            throw new Refused(504, "It has not started yet; it is still tried.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(503, "The server stops.");
        }
    }
}
