package io.sluice.protocol.rtmp.internal;

import io.sluice.api.net.ProtocolException;
import io.sluice.api.net.Snapshot;
import io.sluice.format.rtmp.AckWindow;
import io.sluice.format.rtmp.Command;
import io.sluice.format.rtmp.Fields;
import io.sluice.format.rtmp.Outbox;
import io.sluice.format.rtmp.Outbox.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The commands that belong to the connection: section 7.2.1, and what Flash servers understood besides. */
final class NetConnection {
    /** One is used; a few more for clients that ask twice. */
    private static final int MAX_STREAMS = 8;
    private static final double CAN_ENCODE_AND_DECODE = 3;
    private static final List<String> FOUR_CCS = List.of("avc1", "hvc1", "av01", "vp08", "vp09", "mp4a", "Opus", ".mp3");

    private final Peer peer;
    private final Outbox out;
    private final TreeSet<Integer> streamIds = new TreeSet<>();
    private ConnectInfo info;

    NetConnection(Peer peer, Outbox out) {
        this.peer = peer;
        this.out = out;
    }

    /** What "connect" said. */
    ConnectInfo info() {
        if (info == null) {
            throw new ProtocolException("a command came before 'connect'");
        }
        return info;
    }

    boolean connected() {
        return info != null;
    }

    /** @return false where the command is none of these */
    boolean handle(Command c) {
        switch (c.name()) {
            case "connect" -> connect(c);
            case "createStream" -> createStream(c);
            case "FCPublish" -> {
                result(c, null);
                out.command(0, "onFCPublish", 0, null, Status.ok("NetStream.Publish.Start", streamName(c)).toMap());
            }
            case "FCSubscribe" -> {
                result(c, null);
                out.command(0, "onFCSubscribe", 0, null, Status.ok("NetStream.Play.Start", streamName(c)).toMap());
            }
            case "getStreamLength" -> result(c, 0);
            case "releaseStream", "_checkbw", "FCUnsubscribe", "getMovLen" -> result(c, null);
            case "_result", "_error", "onStatus", "onBWDone", "setPlaylist" -> {
                // answers and hints, nothing waits for them
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static String streamName(Command c) {
        String name = c.text(0);
        int query = name.indexOf('?');
        return query < 0 ? name : name.substring(0, query);
    }

    private void connect(Command c) {
        if (info != null) {
            throw new ProtocolException("a second 'connect'");
        }
        info = ConnectInfo.of(c.object());
        out.window(AckWindow.DEFAULT_BYTES);
        out.peerBandwidth(AckWindow.DEFAULT_BYTES);
        out.chunkBytes(peer.settings().chunkBytes());
        Map<String, Object> status = Status.ok("NetConnection.Connect.Success", "Connection succeeded.").toMap();
        status.put("objectEncoding", 0);
        status.putAll(enhanced());
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("fmsVer", "FMS/3,5,7,7009");
        properties.put("capabilities", 31);
        properties.put("mode", 1);
        properties.putAll(enhanced());
        out.command(0, "_result", c.transaction(), properties, status);
    }

    /** Enhanced RTMP v2, "Enhancing NetConnection connect Command". */
    private static Map<String, Object> enhanced() {
        Map<String, Object> video = new LinkedHashMap<>();
        Map<String, Object> audio = new LinkedHashMap<>();
        for (String fourCc : FOUR_CCS) {
            boolean sound = fourCc.equals("mp4a") || fourCc.equals("Opus") || fourCc.equals(".mp3");
            (sound ? audio : video).put(fourCc, CAN_ENCODE_AND_DECODE);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("fourCcList", FOUR_CCS);
        all.put("videoFourCcInfoMap", video);
        all.put("audioFourCcInfoMap", audio);
        return all;
    }

    private void createStream(Command c) {
        info();
        int id = RtmpFeed.STREAM_ID;
        while (streamIds.contains(id)) {
            id++;
        }
        if (id > MAX_STREAMS) {
            error(c, "more than " + MAX_STREAMS + " streams on one connection");
            return;
        }
        streamIds.add(id);
        result(c, id);
    }

    void deleteStream(int id) {
        streamIds.remove(id);
    }

    /** Where nobody waits for an answer, none is sent. */
    private void result(Command c, Object value) {
        if (c.transaction() != 0) {
            out.command(0, "_result", c.transaction(), null, value);
        }
    }

    void error(Command c, String description) {
        if (c.transaction() != 0) {
            out.command(0, "_error", c.transaction(), null, Status.error("NetConnection.Call.Failed", description).toMap());
        }
    }

    void snapshot(Snapshot.Builder b, int schema) {
        if (info != null) {
            b.put("connect", info.snapshot(schema));
        }
        b.put("streamIds", new ArrayList<>(streamIds));
    }

    static NetConnection from(Peer peer, Outbox out, Fields fields) {
        NetConnection c = new NetConnection(peer, out);
        Fields connect = fields.nested("connect");
        c.info = connect == null ? null : ConnectInfo.from(connect);
        fields.numbers("streamIds").forEach(id -> c.streamIds.add(id.intValue()));
        return c;
    }
}
