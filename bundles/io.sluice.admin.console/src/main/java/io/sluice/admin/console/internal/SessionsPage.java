package io.sluice.admin.console.internal;

import io.sluice.api.session.Session;
import io.sluice.api.session.Session.State;
import io.sluice.api.session.Sessions;
import io.sluice.api.stream.Streams;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who watches, publishes and asks now; ends, tags and asks again. */
@Component(service = Servlet.class, property = {ServletConstants.PLUGIN_LABEL + "=sluice-sessions", ServletConstants.PLUGIN_TITLE + "=Sessions",
    ServletConstants.PLUGIN_CATEGORY + "=Sluice", ServletConstants.PLUGIN_CSS_REFERENCES + "=/sluice-sessions/res/live.css"})
public final class SessionsPage extends LivePage {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SessionsPage.class);
    private static final String REASON = "ended by the operator";

    private final transient PageToken token = new PageToken();

    /** Gone while the engine is: the page says so. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    transient volatile Sessions sessions;

    @Activate
    public SessionsPage(@Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) Streams streams) {
        super(() -> streams);
    }

    @Override
    String fixed(HttpServletRequest request) {
        return "<form class=\"statline\" method=\"post\" action=\"" + Html.escape(root(request)) + "\">" + token.field()
            + "All of <select name=\"by\"><option>session</option><option>stream</option><option>protocol</option><option>tag</option></select>"
            + " <input name=\"of\" required maxlength=\"200\"> <button name=\"do\" value=\"stop\">End</button> <button name=\"do\" value=\"ask\">Ask again</button>"
            + " tag <input name=\"tag\" maxlength=\"64\"> <button name=\"do\" value=\"tag\">Tag</button> <button name=\"do\" value=\"untag\">Untag</button></form>\n";
    }

    @Override
    String live(HttpServletRequest request) {
        Sessions now = sessions;
        if (now == null) {
            return "<p class=\"statline ui-state-error\">The session engine is away. Media flows on; who comes is let in or not as configured (io.sluice.streams), and is counted.</p>\n";
        }
        List<Session> all = now.list(s -> s.state() != State.ENDED, ConnectionTable.MAX_ROWS + 1);
        Html html = new Html();
        SessionTable.begin(html);
        all.stream().limit(ConnectionTable.MAX_ROWS).forEach(s -> SessionTable.row(html, s, root(request), token.field()));
        html.endTable(all, "Nobody is here.");
        return all.size() > ConnectionTable.MAX_ROWS ? html.raw("<p>").text("The newest " + ConnectionTable.MAX_ROWS + " are shown.").raw("</p>\n").toString() : html.toString();
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        try {
            if (!SameOrigin.allows(request)) {
                throw new Refused(403, "This request comes from a page of another server.");
            }
            token.require(request.getParameter(PageToken.FIELD));
            Sessions now = sessions;
            if (now == null) {
                throw new Refused(503, "The session engine is away.");
            }
            act(now, request);
            response.sendRedirect(root(request));
        } catch (Refused e) {
            refuse(request, response, e);
        }
    }

    private static void act(Sessions now, HttpServletRequest request) throws Refused {
        String by = text(request, "by");
        String of = text(request, "of");
        String tag = text(request, "tag");
        Predicate<Session> which = which(by, of);
        try {
            int done = switch (text(request, "do")) {
                case "stop" -> now.stop(which, REASON);
                case "ask" -> now.invalidate(which);
                case "tag" -> each(now, which, id -> now.tag(id, tag));
                case "untag" -> each(now, which, id -> now.untag(id, tag));
                default -> throw new Refused(400, "What is to be done is not known.");
            };
            if (done == 0) {
                throw new Refused(404, "No session of " + by + " " + of + " is here.");
            }
            LOG.info("{}: {} {} sessions of {} {} in the Web Console", request.getRemoteAddr(), text(request, "do"), done, by, of);
        } catch (IllegalArgumentException e) {
            throw new Refused(400, e.getMessage());
        }
    }

    private interface Change {
        void to(String id);
    }

    private static int each(Sessions now, Predicate<Session> which, Change change) {
        List<Session> found = now.list(which.and(s -> s.state() == State.LIVE || s.state() == State.ASKING), Integer.MAX_VALUE);
        found.forEach(s -> change.to(s.id()));
        return found.size();
    }

    private static Predicate<Session> which(String by, String of) throws Refused {
        if (of.isEmpty()) {
            throw new Refused(400, "Which " + by + "?");
        }
        return switch (by) {
            case "session" -> s -> s.id().equals(of);
            case "stream" -> s -> s.streams().containsKey(of);
            case "protocol" -> s -> s.protocols().containsKey(of);
            case "tag" -> s -> s.tags().contains(of);
            default -> throw new Refused(400, "Sessions are chosen by session, stream, protocol or tag.");
        };
    }

    private static String text(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value.strip();
    }
}
