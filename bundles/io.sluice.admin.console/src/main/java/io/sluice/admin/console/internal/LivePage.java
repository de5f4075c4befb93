package io.sluice.admin.console.internal;

import io.sluice.api.stream.Streams;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.apache.felix.webconsole.servlet.ServletConstants;

/**
 * A page of the Web Console whose lower part shows what is now: the same markup answers {@code …/live}, which the page's script asks for every other second.
 * On the admin plane's threads.
 */
abstract class LivePage extends AbstractServlet {
    private static final long serialVersionUID = 1L;
    private static final String OPEN = "<p class=\"statline ui-state-error\">Anybody may publish to this server without a key, because it was started with --open.</p>\n";

    private final transient Supplier<Streams> streams;

    /** @param streams gives null while there are none */
    LivePage(Supplier<Streams> streams) {
        this.streams = streams;
    }

    /** What stands still: forms. */
    abstract String fixed(HttpServletRequest request);

    /** What is refreshed. */
    abstract String live(HttpServletRequest request);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        if (String.valueOf(request.getPathInfo()).endsWith("/live")) {
            setNoCache(response);
            response.setContentType("text/html;charset=UTF-8");
            response.getWriter().write(banner() + live(request));
        } else {
            super.doGet(request, response);
        }
    }

    @Override
    public void renderContent(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        String root = Html.escape(root(request));
        response.getWriter().write(fixed(request) + "<div id=\"sluice-live\" data-url=\"" + root + "/live\">\n" + banner() + live(request) + "</div>\n"
            + "<script src=\"" + root + "/res/live.js\"></script>\n");
    }

    private String banner() {
        Streams now = streams.get();
        return now != null && now.open() ? OPEN : "";
    }

    static String root(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(ServletConstants.ATTR_PLUGIN_ROOT));
    }

    /** What was not done, and why. */
    static void refuse(HttpServletRequest request, HttpServletResponse response, Refused refused) throws IOException {
        response.setStatus(refused.status());
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().write(new Html().raw("<!DOCTYPE html><html lang=\"en\"><title>Refused</title><p>").text(refused.getMessage()).raw("</p><p><a href=\"")
            .text(root(request)).raw("\">Back</a></p></html>\n").toString());
    }
}
