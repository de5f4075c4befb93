package io.sluice.admin.console.internal;

import io.sluice.api.plugin.Plugins;
import io.sluice.api.stream.Streams;
import io.sluice.api.trigger.TriggerEvent;
import io.sluice.api.trigger.TriggerReply;
import io.sluice.api.trigger.TriggerReport;
import io.sluice.api.trigger.TriggerReports;
import io.sluice.api.trigger.TriggerType;
import io.sluice.api.trigger.Triggers;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is asked and told of what, how it went, editing that, and trying it out. */
@Component(service = Servlet.class, property = {ServletConstants.PLUGIN_LABEL + "=sluice-triggers", ServletConstants.PLUGIN_TITLE + "=Triggers",
    ServletConstants.PLUGIN_CATEGORY + "=Sluice", ServletConstants.PLUGIN_CSS_REFERENCES + "=/sluice-triggers/res/live.css"})
public final class TriggersPage extends LivePage {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(TriggersPage.class);
    /** Longer than any trigger's time-out. */
    private static final int SAMPLE_SECONDS = 70;
    private static final int MAX_REPLIES = 100;

    private final transient TriggerConfigurations configurations;
    private final transient Elected<TriggerReports> engine;
    private final transient PageToken token = new PageToken();
    private final transient Map<String, TriggerReply> replies = new ConcurrentHashMap<>();

    @Activate
    public TriggersPage(@Reference Plugins plugins, @Reference ConfigurationAdmin admin,
        @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) Streams streams) {
        super(() -> streams);
        configurations = new TriggerConfigurations(admin);
        engine = new Elected<>(plugins, TriggerReports.class, Triggers.NAME);
    }

    @Deactivate
    void close() {
        engine.close();
    }

    private List<TriggerType> types() {
        TriggerReports now = engine.get();
        return now == null ? List.of() : now.types();
    }

    @Override
    String live(HttpServletRequest request) {
        TriggerReports now = engine.get();
        if (now == null) {
            return "<p>The engine of triggers (io.sluice.triggers) is not there: nobody is asked.</p>\n";
        }
        return TriggerTable.types(TriggerTable.triggers(new Html(), now.list(), root(request), token.field()), now).toString();
    }

    @Override
    String fixed(HttpServletRequest request) {
        try {
            String sample = request.getParameter("sample");
            return sample != null ? sample(request, sample) : form(request, request.getParameter("edit"));
        } catch (Refused | IOException e) {
            return new Html().raw("<p class=\"statline ui-state-error\">").text(e.getMessage()).raw("</p>\n").toString();
        }
    }

    private String form(HttpServletRequest request, String edit) throws Refused, IOException {
        Html html = new Html().raw("<details" + (edit == null ? "" : " open") + "><summary>").text(edit == null ? "Add a trigger" : "Edit " + edit)
            .raw("</summary><form method=\"post\" action=\"").text(root(request)).raw("\">" + token.field());
        if (edit == null) {
            html.raw("<input type=\"hidden\" name=\"save\" value=\"\"><p><label>Name <input name=\"name\" pattern=\"[a-z0-9][a-z0-9_\\-]*\" required></label></p>\n");
        } else {
            html.raw("<input type=\"hidden\" name=\"save\" value=\"").text(edit).raw("\">");
        }
        TriggerForm.fields(html, edit == null ? new Hashtable<>() : TriggerConfigurations.properties(configurations.find(edit)), types());
        return html.raw("<p><button type=\"submit\">Save</button></p></form></details>\n").toString();
    }

    private String sample(HttpServletRequest request, String id) throws Refused {
        TriggerReport trigger = report(id);
        Html html = new Html().raw("<form method=\"post\" action=\"").text(root(request)).raw("\">" + token.field() + "<input type=\"hidden\" name=\"send\" value=\"").text(id)
            .raw("\"><p>").text("A sample of " + trigger.type() + " for " + trigger.handler() + " " + trigger.target() + ". It is really sent; filters do not count.").raw("</p>\n");
        types().stream().filter(t -> t.name().equals(trigger.type())).flatMap(t -> t.fields().stream()).forEach(f -> html.raw("<p><label>").text(f.name()).raw(" <input name=\"field.")
            .text(f.name()).raw("\" size=\"50\" value=\"").text(f.example()).raw("\"></label></p>\n"));
        html.raw("<p><button type=\"submit\">Send</button></p></form>\n");
        TriggerReply reply = replies.get(id);
        return reply == null ? html.toString() : html.raw("<p id=\"reply\">").text(words(reply)).raw("</p>\n").toString();
    }

    private static String words(TriggerReply reply) {
        return (reply.text() == null ? "No answer" : "Answer: \"" + reply.text().strip() + "\"") + String.format(Locale.ROOT, " after %.1f ms. It means: %s", reply.nanos() / 1e6, reply.meaning());
    }

    private TriggerReport report(String id) throws Refused {
        TriggerReports now = engine.get();
        if (now == null) {
            throw new Refused(503, "The engine of triggers is not there.");
        }
        return now.list().stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow(() -> new Refused(404, "There is no such trigger."));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (!SameOrigin.allows(request)) {
                throw new Refused(403, "This request comes from a page of another server.");
            }
            token.require(request.getParameter(PageToken.FIELD));
            response.sendRedirect(done(request));
        } catch (Refused e) {
            refuse(request, response, e);
        }
    }

    /** @return where to go now */
    private String done(HttpServletRequest request) throws Refused, IOException {
        String remove = request.getParameter("remove");
        String save = request.getParameter("save");
        if (remove != null) {
            configurations.find(remove).delete();
            LOG.info("{}: removed trigger {} in the Web Console", request.getRemoteAddr(), remove);
        } else if (save != null) {
            Configuration configuration = save.isEmpty() ? configurations.create(request.getParameter("name")) : configurations.find(save);
            save(request, configuration, save.isEmpty());
        } else {
            send(request, request.getParameter("send"));
            return root(request) + "?sample=" + request.getParameter("send");
        }
        return root(request);
    }

    private static void save(HttpServletRequest request, Configuration configuration, boolean fresh) throws Refused, IOException {
        try {
            configuration.update(TriggerForm.read(request::getParameter, TriggerConfigurations.properties(configuration)));
            LOG.info("{}: saved trigger {} in the Web Console", request.getRemoteAddr(), configuration.getPid());
        } catch (Refused e) {
            if (fresh) {
                configuration.delete();
            }
            throw e;
        }
    }

    private void send(HttpServletRequest request, String id) throws Refused {
        TriggerReport trigger = report(id);
        TriggerReports now = engine.get();
        Map<String, String> fields = new LinkedHashMap<>();
        types().stream().filter(t -> t.name().equals(trigger.type())).flatMap(t -> t.fields().stream())
            .forEach(f -> fields.put(f.name(), String.valueOf(request.getParameter("field." + f.name()))));
        if (replies.size() > MAX_REPLIES) {
            replies.clear();
        }
        try {
            replies.put(id, now.sample(id, new TriggerEvent(trigger.type(), fields.getOrDefault("stream", ""), fields)).toCompletableFuture().get(SAMPLE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new Refused(504, "The engine did not answer.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(503, "The server stops.");
        }
    }
}
