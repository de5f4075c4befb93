package io.sluice.admin.console.internal;

import io.sluice.api.net.Connections;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.stream.Streams;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which versions of which plugins there are, who uses them, electing another one, and uploading a jar. */
@Component(service = Servlet.class, property = {ServletConstants.PLUGIN_LABEL + "=sluice-plugins", ServletConstants.PLUGIN_TITLE + "=Plugins",
    ServletConstants.PLUGIN_CATEGORY + "=Sluice", ServletConstants.PLUGIN_CSS_REFERENCES + "=/sluice-plugins/res/live.css"})
public final class PluginsPage extends LivePage {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(PluginsPage.class);
    /** Boundaries and the other fields around the jar. */
    private static final long FORM_BYTES = 1 << 16;

    private final transient Plugins plugins;
    private final transient Upload upload;
    private final transient PageToken token = new PageToken();

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    transient volatile Connections connections;

    @Activate
    public PluginsPage(BundleContext context, @Reference Plugins plugins,
        @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) Streams streams) {
        this(Path.of(context.getProperty("sluice.home")), plugins, streams);
    }

    PluginsPage(Path home, Plugins plugins, Streams streams) {
        super(() -> streams);
        this.plugins = plugins;
        this.upload = new Upload(home.resolve("deploy"));
    }

    @Override
    String fixed(HttpServletRequest request) {
        return "<form class=\"statline\" method=\"post\" enctype=\"multipart/form-data\" action=\"" + Html.escape(root(request)) + "\">" + token.field()
            + "A plugin's jar: <input type=\"file\" name=\"jar\" accept=\".jar\" required> <button type=\"submit\">Put into deploy/</button></form>\n";
    }

    @Override
    String live(HttpServletRequest request) {
        Html html = new Html();
        List<Plugins.Info> all = plugins.list();
        html.table("Bundle", "Version", "SHA-256", "From", "State", "Reason", "Offers", "In use by", "");
        all.forEach(info -> row(html, info, root(request)));
        html.endTable(all, "No plugin is installed.");
        Connections now = connections;
        return now == null ? html.toString() : ConnectionTable.handedOver(html, now.list()).toString();
    }

    private void row(Html html, Plugins.Info info, String root) {
        html.row().cell(info.bundle()).cell(info.version()).raw("<td title=\"").text(info.sha256()).raw("\">").text(start(info.sha256())).raw("</td>").cell(info.origin())
            .cell(info.state()).cell(info.reason()).cell(String.join(", ", info.services())).cell(info.uses()).raw("<td>");
        if (info.state() == Plugins.State.STANDBY || info.state() == Plugins.State.DRAINING) {
            html.raw("<form method=\"post\" action=\"").text(root).raw("\">" + token.field() + "<input type=\"hidden\" name=\"elect\" value=\"").text(info.sha256())
                .raw("\"><button type=\"submit\">Elect</button></form>");
        }
        html.raw("</td>").endRow();
    }

    private static String start(String sha256) {
        return sha256.substring(0, Math.min(12, sha256.length()));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        try {
            if (!SameOrigin.allows(request)) {
                throw new Refused(403, "This request comes from a page of another server.");
            }
            if (String.valueOf(request.getContentType()).startsWith("multipart/form-data")) {
                upload(request);
            } else {
                elect(request);
            }
            response.sendRedirect(root(request));
        } catch (Refused e) {
            refuse(request, response, e);
        }
    }

    private void elect(HttpServletRequest request) throws Refused {
        token.require(request.getParameter(PageToken.FIELD));
        String sha256 = String.valueOf(request.getParameter("elect"));
        try {
            plugins.elect(sha256);
            LOG.info("{}: elected plugin {} in the Web Console", request.getRemoteAddr(), start(sha256));
        } catch (IllegalArgumentException e) {
            throw new Refused(409, e.getMessage());
        }
    }

    private void upload(HttpServletRequest request) throws Refused, ServletException, IOException {
        long length = request.getContentLengthLong();
        if (length < 0 || length > Upload.MAX_BYTES + FORM_BYTES) {
            throw new Refused(length < 0 ? 411 : 413, "A jar may have " + (Upload.MAX_BYTES >> 20) + " MiB at most, and the request must say its length.");
        }
        Part given = request.getPart(PageToken.FIELD);
        token.require(given == null || given.getSize() > FORM_BYTES ? null : new String(given.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        Part jar = request.getPart("jar");
        if (jar == null) {
            throw new Refused(400, "The form has no field \"jar\" with a file.");
        }
        try (InputStream in = jar.getInputStream()) {
            Path stored = upload.store(jar.getSubmittedFileName(), in);
            LOG.info("{}: uploaded {} to deploy/ in the Web Console", request.getRemoteAddr(), stored.getFileName());
        }
    }
}
