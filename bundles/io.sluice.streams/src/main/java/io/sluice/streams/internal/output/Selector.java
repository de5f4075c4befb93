package io.sluice.streams.internal.output;

import io.sluice.api.media.Codec;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Chooses tracks of one kind as MistServer's parameters video and audio do (3.2, "track selection"): a list with commas from left to right, an item adds, {@code !item} takes away,
 * {@code |item} keeps only what matches.
 */
final class Selector {
    private static final Map<String, String> NAMED_SIZES = Map.of("720p", "1280x720", "1080p", "1920x1080", "1440p", "2560x1440", "2k", "2048x1080", "4k", "3840x2160", "5k", "5120x2880",
        "8k", "7680x4320");
    private static final Pattern SIZE = Pattern.compile("([<>~]?)(\\d{1,5})x(\\d{1,5})");
    private static final Pattern CHANNELS = Pattern.compile("(\\d{1,2})ch");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[a-z0-9]{1,8})*");
    private static final Comparator<Track> AREA = Comparator.comparingLong(t -> (long) t.width() * t.height());

    private final String parameter;
    private final MediaKind kind;
    private final List<String> items;

    /** @throws IllegalArgumentException that names the parameter and what is not understood */
    Selector(String parameter, MediaKind kind, String text) {
        this.parameter = parameter;
        this.kind = kind;
        items = List.of(text.toLowerCase(Locale.ROOT).split(",")).stream().map(String::strip).filter(i -> !i.isEmpty()).toList();
        items.forEach(i -> matching(bare(i), List.of()));
    }

    private static String bare(String item) {
        return item.startsWith("!") || item.startsWith("|") ? item.substring(1) : item;
    }

    /** @param all tracks of any kind */
    List<Track> of(List<Track> all) {
        List<Track> mine = all.stream().filter(t -> t.kind() == kind).toList();
        List<Track> chosen = new ArrayList<>();
        for (String item : items) {
            switch (item.charAt(0)) {
                case '!' -> chosen.removeAll(matching(bare(item), chosen));
                case '|' -> chosen.retainAll(matching(bare(item), chosen));
                default -> matching(item, mine).stream().filter(t -> !chosen.contains(t)).forEach(chosen::add);
            }
        }
        return chosen;
    }

    private List<Track> matching(String item, List<Track> among) {
        Matcher size = SIZE.matcher(NAMED_SIZES.getOrDefault(item, item));
        Matcher channels = CHANNELS.matcher(item);
        if (size.matches()) {
            return sized(size.group(1), Long.parseLong(size.group(2)), Long.parseLong(size.group(3)), among);
        }
        if (channels.matches()) {
            return which(among, t -> t.channels() == Integer.parseInt(channels.group(1)));
        }
        return switch (item) {
            case "all", "*" -> among;
            case "none", "-1" -> List.of();
            case "highres", "maxres", "bestres" -> among.stream().max(AREA).stream().toList();
            case "lowres", "minres", "worstres" -> among.stream().min(AREA).stream().toList();
            case "mono" -> which(among, t -> t.channels() == 1);
            case "stereo" -> which(among, t -> t.channels() == 2);
            case "surround" -> which(among, t -> t.channels() > 2);
            default -> named(item, among);
        };
    }

    /** Numbers, codecs and languages. */
    private List<Track> named(String item, List<Track> among) {
        if (item.chars().allMatch(Character::isDigit) && item.length() < 10) {
            return which(among, t -> t.id() == Integer.parseInt(item));
        }
        for (Codec codec : Codec.values()) {
            if (codec.name().equalsIgnoreCase(item) || codec.label().equalsIgnoreCase(item) || codec == Codec.H265 && item.equals("hevc")) {
                return which(among, t -> t.codec() == codec);
            }
        }
        if (item.endsWith("bps")) {
            throw new IllegalArgumentException(parameter + ": tracks cannot be chosen by their bit rate (" + item + ")");
        }
        if (LANGUAGE.matcher(item).matches()) {
            return which(among, t -> t.language().equalsIgnoreCase(item));
        }
        throw new IllegalArgumentException(parameter + ": what is \"" + item + "\"? A track is chosen by its number, codec, size, channels or language, or all or none are");
    }

    private static List<Track> sized(String how, long width, long height, List<Track> among) {
        long area = width * height;
        return switch (how) {
            case "<" -> which(among, t -> (long) t.width() * t.height() < area);
            case ">" -> which(among, t -> (long) t.width() * t.height() > area);
            case "~" -> among.stream().min(Comparator.comparingLong(t -> Math.abs((long) t.width() * t.height() - area))).stream().toList();
            default -> which(among, t -> t.width() == width && t.height() == height);
        };
    }

    private static List<Track> which(List<Track> among, Predicate<Track> condition) {
        return among.stream().filter(condition).collect(Collectors.toList());
    }
}
