package io.sluice.triggers.internal;

import io.sluice.api.trigger.TriggerType;
import io.sluice.api.trigger.TriggerType.Answer;
import io.sluice.api.trigger.TriggerType.Field;
import io.sluice.api.trigger.TriggerType.Form;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every type of event that is known: what an answer does, and the payload's fields in the order of its lines, each with an example. */
final class TypeTable {
    private static final String WHO = "address=192.0.2.7, protocol=RTMP, url=rtmp://example.net/live/show";

    private final Map<String, TriggerType> types = new LinkedHashMap<>();

    TypeTable() {
        decision("SYSTEM_START", "no: the server stops again", "version=0.1.0");
        decision("SYSTEM_STOP", "no: the server goes on", "reason=asked by the administrator");
        told("OUTPUT_START", "config:{\"name\":\"rtmp\"}");
        told("OUTPUT_STOP", "config:{\"name\":\"rtmp\"}");
        decision("STREAM_ADD", "no: it is not added", "stream=show, config:{\"source\":\"push://\"}");
        decision("STREAM_CONFIG", "no: it stays as it was", "stream=show, config:{\"source\":\"push://\"}");
        decision("STREAM_REMOVE", "no: it stays", "stream=show");
        add("STREAM_SOURCE", Answer.OPTIONAL_TEXT, "the source for this start; blank: as configured", "stream=show");
        decision("STREAM_LOAD", "no: it is not started", "stream=show");
        decision("STREAM_READY", "no: its source is stopped", "stream=show, input=file");
        decision("STREAM_UNLOAD", "no: it stays", "stream=show, input=file");
        decision("STREAM_PUSH", "no: the publisher is refused", "stream=show, " + WHO);
        add("PUSH_REWRITE", Answer.TEXT, "the stream's name; blank: the publisher is refused", "url=rtmp://example.net/live/show, address=192.0.2.7, stream=show");
        add("RTMP_PUSH_REWRITE", Answer.TEXT, "the RTMP address; blank: the publisher is refused", "url=rtmp://example.net/live/show, address=192.0.2.7");
        told("LIVE_TRACK_LIST", "stream=show, tracks:{}");
        told("STREAM_BUFFER", "stream=show, state=FULL, health:{}");
        told("STREAM_END", "stream=show, bytesIn#1000000, bytesOut#2000000, viewers#2, inputs#1, outputs#0, viewerSeconds#120");
        decision("LIVE_BANDWIDTH", "no: the stream is stopped", "stream=show, bytesPerSecond#500000");
        decision("CONN_OPEN", "no: it is disconnected", "stream=show, " + WHO);
        decision("CONN_PLAY", "no: it is disconnected", "stream=show, " + WHO);
        told("CONN_CLOSE", "stream=show, " + WHO);
        told("CONN_STOP", "stream=show, address=192.0.2.7, protocol=RTMP");
        decision("USER_NEW", "no: the viewer is refused", "stream=show, address=192.0.2.7, token=abc, protocol=HLS, url=http://example.net/hls/show/index.m3u8, session=0f3a");
        told("USER_END", "token=abc, streams=show, protocols=HLS, addresses=192.0.2.7, seconds#60, bytesOut#2000000, bytesIn#3000, tags=[UA:player], addressSeconds=60,"
            + " protocolSeconds=60, streamSeconds=60, session=0f3a");
        add("DEFAULT_STREAM", Answer.TEXT, "the stream's name; blank: the viewer is refused", "default=offline, requested=show, " + WHO);
        add("PUSH_OUT_START", Answer.TEXT, "where it is pushed to; blank: it is not", "stream=show, target=rtmp://example.net/live/copy");
        told("PUSH_END", "id=7, stream=show, target=rtmp://example.net/live/$stream, actualTarget=rtmp://example.net/live/show, logs:[], status:{}");
        told("RECORDING_END", "stream=show, path=/srv/show.ts, protocol=TS, bytes#1000000, seconds#60, startSeconds#1700000000, endSeconds#1700000060, durationMillis#60000,"
            + " firstMillis#0, lastMillis#60000");
        told("LIVEPEER_SEGMENT_REJECTED", "options:{}, segment=AAAA, track:{}, firstUrl=http://192.0.2.8/, secondUrl=N/A");
    }

    private void decision(String name, String effect, String fields) {
        add(name, Answer.DECISION, effect, fields);
    }

    private void told(String name, String fields) {
        add(name, Answer.IGNORED, "", fields);
    }

    /** @param fields name, a sign for its form (= text, # number, : JSON) and an example, with commas between */
    private void add(String name, Answer answer, String effect, String fields) {
        types.put(name, new TriggerType(name, answer, effect, Stream.of(fields.split(",\\s+")).map(TypeTable::field).toList()));
    }

    private static Field field(String written) {
        int sign = 0;
        while (Character.isLetter(written.charAt(sign))) {
            sign++;
        }
        Form form = switch (written.charAt(sign)) {
            case '#' -> Form.NUMBER;
            case ':' -> Form.JSON;
            default -> Form.TEXT;
        };
        return new Field(written.substring(0, sign), form, written.substring(sign + 1));
    }

    /** One that is not in the table is a decision whose fields are texts: a plugin may have events of its own. */
    TriggerType of(String name) {
        TriggerType known = types.get(name);
        return known != null ? known : new TriggerType(name, Answer.DECISION, "", List.of());
    }

    /** What follows the last line of the plain form: handlers that exist expect a line feed after a recording's, and nothing after any other. */
    static String lastLineEnd(TriggerType type) {
        return type.name().equals("RECORDING_END") ? "\n" : "";
    }

    boolean knows(String name) {
        return types.containsKey(name);
    }

    Collection<TriggerType> all() {
        return types.values();
    }
}
