package io.sluice.admin.console.internal;

import io.sluice.api.plugin.Plugins;
import io.sluice.api.stream.Streams;
import io.sluice.api.variable.Variables;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What variables there are and how they fare; making, editing, removing and reading them; what a template gives. */
@Component(service = Servlet.class, property = {ServletConstants.PLUGIN_LABEL + "=sluice-variables", ServletConstants.PLUGIN_TITLE + "=Variables",
    ServletConstants.PLUGIN_CATEGORY + "=Sluice", ServletConstants.PLUGIN_CSS_REFERENCES + "=/sluice-variables/res/live.css"})
public final class VariablesPage extends LivePage {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(VariablesPage.class);
    private static final String[] FIELDS = {"name", "type", "target", "value", "intervalMillis", "waitMillis", "maxBytes", "parameters"};

    private final transient Supplier<Variables> engine;
    private final transient AutoCloseable listening;
    private final transient VariableStore store;
    private final transient PageToken token = new PageToken();

    @Activate
    public VariablesPage(@Reference Plugins plugins, @Reference ConfigurationAdmin admin,
        @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) Streams streams) {
        this(new Elected<>(plugins, Variables.class, Variables.NAME), admin, streams);
    }

    private VariablesPage(Elected<Variables> elected, ConfigurationAdmin admin, Streams streams) {
        this(elected, elected, admin, streams);
    }

    VariablesPage(Supplier<Variables> engine, AutoCloseable listening, ConfigurationAdmin admin, Streams streams) {
        super(() -> streams);
        this.engine = engine;
        this.listening = listening;
        this.store = new VariableStore(admin);
    }

    @Deactivate
    void stop() throws Exception {
        listening.close();
    }

    @Override
    String fixed(HttpServletRequest request) {
        try {
            Html html = new Html();
            String edited = request.getParameter("edit");
            VariableForms.edit(html, root(request), token, store.read(edited == null ? "" : edited));
            VariableForms.preview(html, root(request), engine.get(), request.getParameter("template"), request.getParameter("stream"));
            return html.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    String live(HttpServletRequest request) {
        return VariableTable.live(engine.get(), root(request), token, System.currentTimeMillis());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        try {
            if (!SameOrigin.allows(request)) {
                throw new Refused(403, "This request comes from a page of another server.");
            }
            token.require(request.getParameter(PageToken.FIELD));
            LOG.info("{}: {} in the Web Console", request.getRemoteAddr(), act(request));
            response.sendRedirect(root(request));
        } catch (Refused e) {
            refuse(request, response, e);
        }
    }

    /** @return what was done, for the log: never a value, which may be secret */
    private String act(HttpServletRequest request) throws Refused, IOException {
        String refresh = request.getParameter("refresh");
        String remove = request.getParameter("remove");
        if (remove != null) {
            store.remove(remove);
            return "variable " + remove + " removed";
        }
        if (refresh != null) {
            Variables now = engine.get();
            if (now == null) {
                throw new Refused(503, "The bundle io.sluice.variables is not running.");
            }
            try {
                now.refresh(VariableStore.checked(refresh));
            } catch (IllegalArgumentException e) {
                throw new Refused(404, e.getMessage());
            }
            return "variable " + refresh + " read again";
        }
        Map<String, String> values = new HashMap<>();
        for (String field : FIELDS) {
            String value = request.getParameter(field);
            if (value == null) {
                throw new Refused(400, "The form has no field \"" + field + "\".");
            }
            values.put(field, value);
        }
        store.save(values);
        return "variable " + values.get("name").strip() + " saved";
    }
}
