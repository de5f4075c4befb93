package io.sluice.streams.internal.output;

import io.sluice.api.media.MediaKind;
import io.sluice.api.push.PushAddress;
import io.sluice.streams.internal.media.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The parameters of a target that the core does itself: where to begin and to end, how fast, which tracks. MistServer's names (3.2, "target parameters"), in any case. */
final class Wishes {
    static final Set<String> NAMES = Set.of("audio", "video", "subtitle", "meta", "recstart", "recstop", "start", "stop", "recstartunix", "recstopunix", "startunix", "stopunix", "duration",
        "pushdelay", "rate", "realtime", "unmask", "waittrackcount", "maxwaittrackms");
    /** Of {@code audio}, where a target makes sound itself. */
    private static final List<String> SILENCE = List.of("silent", "silence");
    private static final long MILLI = 1_000_000L;
    private static final long WAIT_NANOS = 5_000 * MILLI;
    private static final long LONG_WAIT_NANOS = 120_000 * MILLI;
    private static final double FASTEST = 1000;

    private final PushAddress rest;
    private final Map<String, String> own = new LinkedHashMap<>();

    /** @throws IllegalArgumentException that names the parameter which is wrong */
    Wishes(PushAddress address) {
        Map<String, String> others = new LinkedHashMap<>();
        address.parameters().forEach((name, value) -> {
            String known = name.toLowerCase(Locale.ROOT);
            boolean mine = NAMES.contains(known) && !(known.equals("audio") && targets(value));
            (mine ? own : others).put(mine ? known : name, value);
        });
        rest = new PushAddress(address.scheme(), address.target(), others);
        selection();
        begin(0);
        end(0);
        rate();
        contradiction();
    }

    /** Silence, or files of sound: the target's to make. */
    private static boolean targets(String audio) {
        return SILENCE.contains(audio.toLowerCase(Locale.ROOT)) || audio.indexOf('/') >= 0;
    }

    /** What the target gets. */
    PushAddress rest() {
        return rest;
    }

    Selection selection() {
        return new Selection(own.containsKey("video") ? new Selector("video", MediaKind.VIDEO, own.get("video")) : null,
            own.containsKey("audio") ? new Selector("audio", MediaKind.AUDIO, own.get("audio")) : null);
    }

    Begin begin(long nowMillis) {
        int keys = own.containsKey("waittrackcount") ? number("waittrackcount", 1000) : own.containsKey("maxwaittrackms") ? 2 : 0;
        long most = own.containsKey("maxwaittrackms") ? number("maxwaittrackms", Integer.MAX_VALUE) * MILLI : own.containsKey("waittrackcount") ? LONG_WAIT_NANOS : WAIT_NANOS;
        if (delayNanos() > 0) {
            return new Begin(Begin.How.BEHIND, delayNanos(), keys, most);
        }
        String unix = name("recstartunix", "startunix");
        String media = name("recstart", "start");
        if (unix != null) {
            long nanos = Seconds.nanos(unix, own.get(unix));
            return nanos < 0 ? new Begin(Begin.How.BEHIND, -nanos, keys, most) : new Begin(Begin.How.WALL, nanos / MILLI, keys, most);
        }
        return media == null ? new Begin(Begin.How.AS_ASKED, 0, keys, most) : new Begin(Begin.How.MEDIA, Seconds.nanos(media, own.get(media)), keys, most);
    }

    /** @param nowMillis what negative instants count from */
    End end(long nowMillis) {
        return new End(stopNanos(), stopMillis(nowMillis), own.containsKey("duration") ? Seconds.positive("duration", own.get("duration")) : End.NEVER);
    }

    /** On the stream's timeline, or {@link End#NEVER}. */
    long stopNanos() {
        String name = name("recstop", "stop");
        return name == null ? End.NEVER : Seconds.nanos(name, own.get(name));
    }

    /** Of the Unix epoch, or {@link End#NEVER}. */
    long stopMillis(long nowMillis) {
        String name = name("recstopunix", "stopunix");
        if (name == null) {
            return End.NEVER;
        }
        long millis = Seconds.nanos(name, own.get(name)) / MILLI;
        return millis < 0 ? nowMillis + millis : millis;
    }

    Pace pace(Clock clock) {
        return new Pace(rate(), delayNanos(), clock);
    }

    long delayNanos() {
        return own.containsKey("pushdelay") ? Seconds.positive("pushdelay", own.get("pushdelay")) : 0;
    }

    private double rate() {
        String text = own.get("rate");
        if (text == null) {
            return own.containsKey("realtime") && !own.get("realtime").equals("0") ? 1 : 0;
        }
        try {
            double rate = Double.parseDouble(text);
            if (rate >= 0 && rate <= FASTEST) {
                return rate;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("rate is no speed: 0 for as fast as possible, 1 for real time, up to " + (int) FASTEST);
    }

    /** What never has a frame. */
    private void contradiction() {
        String start = name("recstart", "start");
        String startUnix = name("recstartunix", "startunix");
        if (start != null && stopNanos() != End.NEVER && Seconds.nanos(start, own.get(start)) >= stopNanos()) {
            throw new IllegalArgumentException("the push ends before it begins: " + name("recstop", "stop") + " is not after " + start);
        }
        long stop = stopMillis(0);
        long from = startUnix == null ? 0 : Seconds.nanos(startUnix, own.get(startUnix)) / MILLI;
        if (startUnix != null && stop != End.NEVER && from < 0 == stop < 0 && from >= stop) {
            throw new IllegalArgumentException("the push ends before it begins: " + name("recstopunix", "stopunix") + " is not after " + startUnix);
        }
    }

    private String name(String first, String second) {
        return own.containsKey(first) ? first : own.containsKey(second) ? second : null;
    }

    private int number(String name, int most) {
        try {
            int number = Integer.parseInt(own.get(name).trim());
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(name + " is no number from 0 to " + most);
    }
}
