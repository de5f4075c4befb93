package io.sluice.admin.player.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.stream.StreamInfo;
import io.sluice.format.codec.CodecString;
import java.util.regex.Pattern;

/** What the page shows beyond what players of old know: state, what is wrong in words, every address. */
final class SluiceInfo {
    /** A viewer who comes has to wait for the next key frame; after this long that is no waiting any more. */
    private static final long MAX_KEY_AGE_MILLIS = 10_000;

    /** The name may come from a link that a stranger made, and the line is there to be pasted into a shell. */
    private static final Pattern SHELL_SAFE = Pattern.compile("[A-Za-z0-9_.+/-]+");

    private SluiceInfo() {
    }

    /** @param carries what HLS cannot carry, or "" */
    static ObjectNode of(StreamInfo info, Addresses addresses, String carries, boolean open, long nowMillis) {
        ObjectNode out = JsonNodeFactory.instance.objectNode().put("name", info.name()).put("state", info.state().name()).put("open", open);
        out.put("fallback", info.fallback()).put("bitsPerSecond", info.bitsPerSecond());
        out.put("hls", addresses.ownHlsPath()).put("startable", startable(info));
        long keyAge = info.lastKeyMillis() == 0 ? -1 : Math.max(0, nowMillis - info.lastKeyMillis());
        out.put("lastKeyAgoMillis", keyAge);
        problems(out.putArray("problems"), info, carries, keyAge, nowMillis);
        ArrayNode codecs = out.putArray("codecs");
        info.tracks().list().forEach(t -> codec(codecs.addObject(), t));
        addresses(out.putArray("addresses"), addresses);
        if (!startable(info)) {
            publish(out, addresses, open);
        }
        return out;
    }

    private static void problems(ArrayNode out, StreamInfo info, String carries, long keyAge, long nowMillis) {
        String keys = keyFrames(info, keyAge, nowMillis);
        boolean said = !keys.isEmpty() && info.problem().startsWith("no key frame");
        if (!info.problem().isEmpty() && !said) {
            out.add(sentence(info.problem()));
        } else if (info.configuration().isEmpty()) {
            out.add("No stream of this name is configured.");
        }
        if (!carries.isEmpty() && !carries.equals(info.problem())) {
            out.add(sentence(carries));
        }
        if (!keys.isEmpty()) {
            out.add(keys);
        }
    }

    private static String keyFrames(StreamInfo info, long keyAge, long nowMillis) {
        long age = keyAge < 0 ? nowMillis - info.sinceMillis() : keyAge;
        if (info.state() != StreamInfo.State.LIVE || !info.tracks().hasVideo() || age <= MAX_KEY_AGE_MILLIS) {
            return "";
        }
        return "No key frame has come for " + age / 1000 + " s, and nobody can start to watch without one. Set the encoder's key frame interval to 2 s.";
    }

    /** The core's messages begin small and end without a dot, as they stand in logs. */
    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + (words.endsWith(".") ? "" : ".");
    }

    /** Off air, and asking for it is what brings it: a source is pulled, or another stream stands in. */
    private static boolean startable(StreamInfo info) {
        boolean pulled = !info.configuration().isEmpty() && info.problem().isEmpty();
        return info.state() == StreamInfo.State.OFFLINE && (pulled || !info.fallback().isEmpty());
    }

    private static void codec(ObjectNode out, Track t) {
        String name = name(t);
        boolean video = t.kind() == MediaKind.VIDEO;
        out.put("kind", video ? "video" : "audio").put("label", t.toString()).put("codec", t.codec().label()).put("string", name);
        out.put("mime", name.isEmpty() ? "" : (video ? "video" : "audio") + "/mp4; codecs=\"" + name + "\"");
    }

    private static String name(Track t) {
        try {
            return CodecString.of(t);
        } catch (IllegalArgumentException broken) {
            return "";
        }
    }

    private static void addresses(ArrayNode out, Addresses a) {
        address(out, "This page", a.page());
        address(out, "HLS", a.origin() + a.hlsPath());
        if (!a.rtmp().isEmpty()) {
            address(out, "RTMP", a.rtmpPlay());
        }
        address(out, "For your own page", a.embed());
        address(out, "Information (JSON)", a.json());
    }

    private static void address(ArrayNode out, String label, String value) {
        out.addObject().put("label", label).put("value", value);
    }

    /** How to publish this name. The key is a placeholder: this page is public. */
    private static void publish(ObjectNode out, Addresses a, boolean open) {
        if (a.rtmp().isEmpty() || !SHELL_SAFE.matcher(a.name()).matches()) {
            return;
        }
        String key = open ? "" : "?key=KEY";
        out.putObject("publish").put("ffmpeg", "ffmpeg -re -i any.mp4 -c copy -f flv \"" + a.rtmpPlay() + key + "\"").put("server", a.rtmp())
            .put("streamKey", a.name() + key);
    }
}
