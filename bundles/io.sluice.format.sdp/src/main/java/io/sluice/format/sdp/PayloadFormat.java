package io.sluice.format.sdp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a payload type means: rtpmap, fmtp and rtcp-fb of it.
 *
 * @param type       0 to 127
 * @param encoding   as written: "H264", "opus", "rtx" …; compare with {@link #is}
 * @param clockRate  ticks of RTP timestamps a second
 * @param channels   1 where nothing is said
 * @param parameters the text of fmtp, "" without one
 * @param feedback   such as "nack" and "nack pli"
 */
public record PayloadFormat(int type, String encoding, int clockRate, int channels, String parameters, List<String> feedback) {
    public PayloadFormat {
        feedback = List.copyOf(feedback);
    }

    /** Names of encodings are the same in any case, RFC 4855 section 3. */
    public boolean is(String name) {
        return encoding.equalsIgnoreCase(name);
    }

    /** One of the parameters, which are divided by semicolons; names in any case. */
    public String parameter(String name, String otherwise) {
        return parameterMap().getOrDefault(name.toLowerCase(Locale.ROOT), otherwise);
    }

    private Map<String, String> parameterMap() {
        Map<String, String> map = new LinkedHashMap<>();
        for (String part : parameters.split(";")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                map.putIfAbsent(part.substring(0, equals).strip().toLowerCase(Locale.ROOT), part.substring(equals + 1).strip());
            }
        }
        return map;
    }

    /** The payload type whose packets this "rtx" repeats, RFC 4588 section 8.6; -1 where it is something else. */
    public int repeats() {
        String apt = is("rtx") ? parameter("apt", "") : "";
        return apt.matches("[0-9]{1,3}") ? Integer.parseInt(apt) : -1;
    }
}
