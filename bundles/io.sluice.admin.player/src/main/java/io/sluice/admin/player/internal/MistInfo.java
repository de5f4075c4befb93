package io.sluice.admin.player.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.api.media.Codec;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.stream.StreamInfo;

/** The stream information that players made for MistServer 3.2 understand: {@code json_STREAM.js}. */
final class MistInfo {
    private static final int DEFAULT_WIDTH = 640;
    private static final int DEFAULT_HEIGHT = 480;
    private static final int AUDIO_ONLY_HEIGHT = 20;
    private static final int HLS_PRIORITY = 9;
    private static final int RTMP_PRIORITY = 7;

    private MistInfo() {
    }

    static ObjectNode offline(StreamInfo info) {
        String error = info.configuration().isEmpty() ? "Could not retrieve stream. Sorry." : switch (info.state()) {
            case STARTING -> "Stream is initializing";
            case LIVE, GRACE -> "Stream is waiting for data";
            case OFFLINE -> "Stream is offline";
        };
        return JsonNodeFactory.instance.objectNode().put("error", error);
    }

    static ObjectNode online(StreamInfo info, Addresses addresses, boolean hls, long nowMillis) {
        ObjectNode out = JsonNodeFactory.instance.objectNode().put("selver", 2).put("type", "live");
        Track picture = info.tracks().first(MediaKind.VIDEO).orElse(null);
        boolean sized = picture != null && picture.width() > 0;
        out.put("width", sized ? picture.width() : DEFAULT_WIDTH);
        out.put("height", sized ? picture.height() : picture != null ? DEFAULT_HEIGHT : AUDIO_ONLY_HEIGHT);
        out.put("unixoffset", nowMillis - info.lastMillis());
        meta(out.putObject("meta"), info);
        sources(out.putArray("source"), info, addresses, hls);
        return out;
    }

    private static void meta(ObjectNode meta, StreamInfo info) {
        meta.put("live", 1).put("version", 4).put("bframes", info.hasBFrames() ? 1 : 0).put("buffer_window", info.lastMillis() - info.firstMillis());
        ObjectNode tracks = meta.putObject("tracks");
        int idx = 0;
        for (Track track : info.tracks().list()) {
            tracks.set(key(track, idx), track(track, idx, info));
            idx++;
        }
    }

    private static String key(Track t, int idx) {
        String size = t.kind() == MediaKind.VIDEO ? t.width() + "x" + t.height() : t.channels() + "ch_" + t.sampleRate() + "hz";
        return type(t) + "_" + codec(t.codec()) + "_" + size + "_" + idx;
    }

    private static ObjectNode track(Track t, int idx, StreamInfo info) {
        ObjectNode out = JsonNodeFactory.instance.objectNode().put("codec", codec(t.codec())).put("type", type(t)).put("idx", idx).put("trackid", t.id());
        out.put("firstms", info.firstMillis()).put("lastms", info.lastMillis());
        if (!t.language().isEmpty()) {
            out.put("lang", t.language());
        }
        if (t.kind() == MediaKind.VIDEO) {
            return out.put("width", t.width()).put("height", t.height()).put("bframes", info.hasBFrames() ? 1 : 0);
        }
        return out.put("rate", t.sampleRate()).put("channels", t.channels());
    }

    private static String type(Track t) {
        return t.kind() == MediaKind.VIDEO ? "video" : "audio";
    }

    private static String codec(Codec codec) {
        return switch (codec) {
            case H265 -> "HEVC";
            case OPUS -> "opus";
            default -> codec.name();
        };
    }

    /** In the order of their priority, which is how players expect them. */
    private static void sources(ArrayNode sources, StreamInfo info, Addresses addresses, boolean hls) {
        int tracks = (int) info.tracks().list().stream().map(Track::kind).distinct().count();
        if (hls) {
            source(sources, "html5/application/vnd.apple.mpegurl", "HLS (TS)", addresses.origin() + addresses.ownHlsPath(), HLS_PRIORITY, tracks)
                .put("relurl", addresses.ownHlsPath());
        }
        if (!addresses.rtmp().isEmpty()) {
            source(sources, "flash/10", "RTMP", addresses.ownRtmpPlay(), RTMP_PRIORITY, tracks);
        }
    }

    private static ObjectNode source(ArrayNode sources, String type, String hrn, String url, int priority, int tracks) {
        return sources.addObject().put("type", type).put("hrn", hrn).put("url", url).put("priority", priority).put("simul_tracks", tracks)
            .put("total_matches", tracks);
    }
}
