package io.sluice.admin.player.internal;

import io.sluice.api.net.Connections;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.net.HttpRoute;
import io.sluice.api.net.Protocol;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.stream.Streams;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The index page, the player page of each stream, and what they are made of. */
@Component(property = {
    Protocol.NAME + "=player",
    HttpRoute.PATHS + "=/",
    HttpRoute.PATHS + "=/*.html",
    HttpRoute.PATHS + "=/json_*.js",
    HttpRoute.PATHS + "=/streams.json",
    HttpRoute.PATHS + "=/favicon.ico",
    HttpRoute.PATHS + "=/assets/player/**"})
public final class PlayerRoute implements HttpRoute {
    private static final String ASSETS = "/assets/player/";
    private static final String INFO = "/json_";
    /** Of names with a slash. */
    private static final String PAGE = "/player.html";

    private final Streams streams;
    private final Reply reply = new Reply();
    private final HlsForm hls;
    private final StreamPages pages;
    private final Asset index = Asset.load("index.html");
    private final Asset player = Asset.load("player.html");
    private final Asset icon = Asset.load("favicon.svg");
    private final Map<String, Asset> assets = Map.of("player.js", Asset.load("player.js"), "whep.js", Asset.load("whep.js"), "index.js", Asset.load("index.js"), "sluice.css", Asset.load("sluice.css"),
        "favicon.svg", icon, "hls.min.js", Asset.load("hls.js/dist/hls.min.js"), "hls.LICENSE.txt", Asset.load("hls.js/LICENSE"));

    @Activate
    public PlayerRoute(@Reference Streams streams, @Reference Connections connections, @Reference Plugins plugins) {
        this.streams = streams;
        hls = new HlsForm(plugins);
        pages = new StreamPages(streams, connections, hls, System::currentTimeMillis);
    }

    @Deactivate
    public void close() {
        hls.close();
    }

    @Override
    public void serve(HttpExchange exchange) {
        String path = exchange.path();
        if (!exchange.method().equals("GET")) {
            reply.notAllowed(exchange);
        } else if (path.equals("/")) {
            reply.asset(exchange, index);
        } else if (path.equals("/streams.json")) {
            reply.json(exchange, pages.list());
        } else if (path.equals("/favicon.ico")) {
            reply.asset(exchange, icon);
        } else if (path.startsWith(ASSETS)) {
            file(exchange, path.substring(ASSETS.length()));
        } else if (path.startsWith(INFO) && path.endsWith(".js")) {
            String name = path.substring(INFO.length(), path.length() - ".js".length());
            String stream = asked(exchange, name);
            visited(exchange, stream, links -> reply.json(exchange, pages.info(stream, exchange.origin(), links)));
        } else {
            visited(exchange, asked(exchange, path.equals(PAGE) ? "" : path.substring(1, path.length() - ".html".length())), links -> reply.asset(exchange, player));
        }
    }

    /** Who reads a page of a stream is its visitor: his session may be refused. */
    private void visited(HttpExchange exchange, String stream, Consumer<String> answer) {
        streams.noted(exchange, stream).whenComplete((links, no) -> {
            if (no == null) {
                answer.accept(links);
            } else {
                reply.refused(exchange, no instanceof CompletionException && no.getCause() != null ? no.getCause() : no);
            }
        });
    }

    /** A name with a slash does not fit into one segment of a path; it comes as {@code /json_.js?stream=a+b/c}. */
    private static String asked(HttpExchange exchange, String name) {
        String stream = exchange.query("stream");
        return name.isEmpty() && stream != null ? stream : name;
    }

    private void file(HttpExchange exchange, String name) {
        Asset asset = assets.get(name);
        if (asset == null) {
            reply.text(exchange, 404, "There is no such file of the player.");
        } else {
            reply.asset(exchange, asset);
        }
    }
}
