package io.sluice.target.rtmp.internal;

import io.sluice.api.net.ProtocolException;
import io.sluice.format.rtmp.Command;
import io.sluice.format.rtmp.Outbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The commands of a publisher, section 7.2: connect, createStream, publish; and their answers. On the connection's loop. */
final class Dialogue {
    /** Larger ones save headers; this is what encoders use, and every server takes it. */
    static final int CHUNK_BYTES = 4096;
    private static final int CONNECT = 1;
    private static final int RELEASE = 2;
    private static final int FC_PUBLISH = 3;
    private static final int CREATE = 4;
    private static final int PUBLISH = 5;
    private static final int FC_UNPUBLISH = 6;
    private static final int DELETE = 7;
    private static final int WINDOW_BYTES = 2_500_000;
    private static final String AGENT = "FMLE/3.0 (compatible; Sluice)";

    /** What comes of it. */
    interface Listener {
        /** @param streamId of the messages that carry media */
        void publishing(int streamId);

        /** "connect" was refused, perhaps for want of a password. @param description the receiver's words, which may repeat a secret */
        void notConnected(String description);

        /** The receiver ends it. @param reason in words */
        void refused(String reason);

        void note(String text);
    }

    private final Outbox out;
    private final RtmpUrl url;
    private final Listener listener;
    private int streamId = -1;
    private String waitsFor = "the handshake";

    Dialogue(Outbox out, RtmpUrl url, Listener listener) {
        this.out = out;
        this.url = url;
        this.listener = listener;
    }

    /** What the receiver has not answered yet. */
    String waitsFor() {
        return waitsFor;
    }

    /**
     * @param login  a query for the application, or ""
     * @param codecs of Enhanced RTMP that may come, by their four characters; none keeps the command as everybody knows it
     */
    void connect(String login, List<String> codecs) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("app", url.app() + login);
        object.put("type", "nonprivate");
        object.put("flashVer", AGENT);
        object.put("tcUrl", url.tcUrl() + login);
        if (!codecs.isEmpty()) {
            object.put("fourCcList", codecs);
        }
        waitsFor = "connect";
        out.command(0, "connect", CONNECT, object);
    }

    void received(Command command) {
        switch (command.name()) {
            case "_result" -> result(command);
            case "_error" -> error(command);
            case "onStatus" -> status(command);
            case "close" -> listener.refused("the receiver closed the connection");
            default -> {
                // onBWDone, onFCPublish and others want nothing of us
            }
        }
    }

    private void result(Command command) {
        if (command.transaction() == CONNECT && waitsFor.equals("connect")) {
            out.window(WINDOW_BYTES);
            out.chunkBytes(CHUNK_BYTES);
            out.command(0, "releaseStream", RELEASE, null, name());
            out.command(0, "FCPublish", FC_PUBLISH, null, name());
            out.command(0, "createStream", CREATE, null);
            waitsFor = "createStream";
        } else if (command.transaction() == CREATE && streamId < 0) {
            double id = command.number(0, -1);
            if (!(id >= 0 && id <= Integer.MAX_VALUE)) {
                throw new ProtocolException("the receiver answered createStream without a number");
            }
            streamId = (int) id;
            out.command(streamId, "publish", PUBLISH, null, name(), "live");
            waitsFor = "publish";
        }
    }

    private void error(Command command) {
        if (command.transaction() == CONNECT) {
            listener.notConnected(line(command));
        } else if (command.transaction() == CREATE || command.transaction() == PUBLISH) {
            listener.refused("the receiver refused " + waitsFor + ": " + words(command));
        }
    }

    private void status(Command command) {
        Map<?, ?> info = info(command);
        String code = text(info, "code");
        if (code.equals("NetStream.Publish.Start") && waitsFor.equals("publish")) {
            waitsFor = "";
            listener.publishing(streamId);
        } else if (text(info, "level").equals("error") || code.equals("NetConnection.Connect.Closed")) {
            listener.refused("the receiver refused: " + words(command));
        } else if (text(info, "level").equals("warning") || code.equals("NetConnection.Connect.ReconnectRequest")) {
            listener.note("the receiver says: " + words(command));
        }
    }

    private static Map<?, ?> info(Command command) {
        return command.arguments().stream().filter(Map.class::isInstance).map(a -> (Map<?, ?>) a).findFirst().orElse(Map.of());
    }

    private static String text(Map<?, ?> info, String key) {
        return info.get(key) instanceof String s ? s : "";
    }

    /** Without secrets: it goes to logs and pages. */
    private String words(Command command) {
        return url.hideIn(line(command));
    }

    /** Bounded, and one line. */
    private static String line(Command command) {
        Map<?, ?> info = info(command);
        String all = (text(info, "code") + " " + text(info, "description")).replaceAll("\\p{Cntrl}", " ").strip();
        return all.isEmpty() ? "no reason given" : all.length() > 500 ? all.substring(0, 500) + "…" : all;
    }

    private String name() {
        return url.name() + url.query();
    }

    /** The end in order. */
    void unpublish() {
        if (streamId >= 0) {
            out.command(0, "FCUnpublish", FC_UNPUBLISH, null, name());
            out.command(0, "deleteStream", DELETE, null, streamId);
        }
    }
}
