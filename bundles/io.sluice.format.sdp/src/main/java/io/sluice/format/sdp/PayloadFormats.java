package io.sluice.format.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what the payload types of a media section mean, in the offer's order. */
public final class PayloadFormats {
    private static final int MAX_TYPE = 127;
    private static final int MAX_CLOCK = 1_000_000;
    private static final int MAX_CHANNELS = 255;
    private static final String ALL = "*";

    private final SdpMedia media;
    private final Map<Integer, String> names = new LinkedHashMap<>();
    private final Map<Integer, String> parameters = new LinkedHashMap<>();
    private final Map<Integer, List<String>> feedback = new LinkedHashMap<>();
    private final List<String> feedbackOfAll = new ArrayList<>();

    private PayloadFormats(SdpMedia media) {
        this.media = media;
    }

    /** @throws SdpException where an rtpmap, fmtp or rtcp-fb is broken */
    public static List<PayloadFormat> of(SdpMedia media) {
        return new PayloadFormats(media).read();
    }

    private List<PayloadFormat> read() {
        for (SdpAttribute attribute : media.attributes()) {
            switch (attribute.name()) {
                case "rtpmap" -> put(names, attribute);
                case "fmtp" -> put(parameters, attribute);
                case "rtcp-fb" -> feedback(attribute);
                default -> { }
            }
        }
        List<PayloadFormat> out = new ArrayList<>();
        for (String format : media.formats()) {
            int type = Numbers.within(media.line(), "a payload type", format, 0, MAX_TYPE);
            String name = names.getOrDefault(type, fixed(type));
            if (!name.isEmpty()) {
                out.add(format(type, name));
            }
        }
        return out;
    }

    /** Types that need no rtpmap, RFC 3551 section 6. */
    private static String fixed(int type) {
        return switch (type) {
            case 0 -> "PCMU/8000";
            case 8 -> "PCMA/8000";
            case 14 -> "MPA/90000";
            case 33 -> "MP2T/90000";
            default -> "";
        };
    }

    private PayloadFormat format(int type, String name) {
        String[] parts = name.split("/", 4);
        if (parts.length < 2 || parts[0].isEmpty()) {
            throw new SdpException(media.line(), "wanted an encoding and a clock rate for payload type " + type + ", found " + SdpException.shown(name));
        }
        int clock = Numbers.within(media.line(), "a clock rate", parts[1], 1, MAX_CLOCK);
        int channels = parts.length > 2 ? Numbers.within(media.line(), "channels", parts[2], 1, MAX_CHANNELS) : 1;
        List<String> wanted = new ArrayList<>(feedbackOfAll);
        wanted.addAll(feedback.getOrDefault(type, List.of()));
        return new PayloadFormat(type, parts[0], clock, channels, parameters.getOrDefault(type, ""), wanted);
    }

    private static void put(Map<Integer, String> map, SdpAttribute attribute) {
        map.putIfAbsent(type(attribute), rest(attribute));
    }

    private void feedback(SdpAttribute attribute) {
        if (attribute.value().startsWith(ALL + " ")) {
            feedbackOfAll.add(rest(attribute));
        } else {
            feedback.computeIfAbsent(type(attribute), t -> new ArrayList<>()).add(rest(attribute));
        }
    }

    private static int type(SdpAttribute attribute) {
        int space = attribute.value().indexOf(' ');
        return Numbers.within(attribute.line(), "a payload type", space < 0 ? attribute.value() : attribute.value().substring(0, space), 0, MAX_TYPE);
    }

    private static String rest(SdpAttribute attribute) {
        int space = attribute.value().indexOf(' ');
        return space < 0 ? "" : attribute.value().substring(space + 1).strip();
    }
}
