package io.sluice.format.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads session descriptions (RFC 8866) and the fragments of trickle ICE (RFC 8840 section 9). Lines may end in CR LF or LF. What it does not know it passes over; what
 * it knows must be right. It allocates in proportion to the text, which is bounded.
 */
public final class SdpParser {
    /** An offer of Chromium 156 with sound, picture and all its codecs is 6.5 KB; conferences with many participants are not ours. */
    public static final int MAX_CHARACTERS = 64 << 10;
    /** The same offer has 150. */
    private static final int MAX_LINES = 2000;
    /** The longest that are met carry parameter sets in base64. */
    private static final int MAX_LINE = 4096;
    private static final int MAX_MEDIA = 32;
    /** Payload types have seven bits. */
    private static final int MAX_FORMATS = 128;
    private static final int MAX_PORT = 65535;

    private final String text;
    private final boolean fragment;
    private final List<SdpAttribute> session = new ArrayList<>();
    private final List<SdpMedia> media = new ArrayList<>();
    private List<SdpAttribute> attributes = session;
    private SdpMedia open;
    private int line;

    private SdpParser(String text, boolean fragment) {
        this.text = text;
        this.fragment = fragment;
    }

    /** @throws SdpException where the text is too long or is none */
    public static Sdp parse(String text) {
        return new SdpParser(text, false).read();
    }

    /** A body of the type application/trickle-ice-sdpfrag: attributes and media sections only. @throws SdpException where the text is too long or is none */
    public static Sdp parseFragment(String text) {
        return new SdpParser(text, true).read();
    }

    private Sdp read() {
        if (text.length() > MAX_CHARACTERS) {
            throw new SdpException(0, "wanted at most " + MAX_CHARACTERS + " characters, found " + text.length());
        }
        for (int at = 0; at < text.length();) {
            int end = text.indexOf('\n', at);
            int to = end < 0 ? text.length() : end;
            line(at, to > at && text.charAt(to - 1) == '\r' ? to - 1 : to);
            at = to + 1;
        }
        close();
        if (line == 0) {
            throw new SdpException(0, "wanted v=0, found nothing");
        }
        return new Sdp(session, media);
    }

    private void line(int from, int to) {
        if (++line > MAX_LINES) {
            throw new SdpException(line, "wanted at most " + MAX_LINES + " lines, found more");
        }
        if (to - from > MAX_LINE) {
            throw new SdpException(line, "wanted at most " + MAX_LINE + " characters, found " + (to - from));
        }
        if (line == 1 && !fragment && !text.startsWith("v=0", from)) {
            throw new SdpException(line, "wanted v=0, found " + SdpException.shown(text.substring(from, to)));
        }
        if (from == to) {
            return;
        }
        if (to - from < 2 || text.charAt(from + 1) != '=') {
            throw new SdpException(line, "wanted a letter and =, found " + SdpException.shown(text.substring(from, to)));
        }
        String value = text.substring(from + 2, to);
        switch (text.charAt(from)) {
            case 'm' -> media(value);
            case 'a' -> attribute(value);
            default -> {
                // times, bandwidths, names: nothing that we act on
            }
        }
    }

    private void attribute(String value) {
        int colon = value.indexOf(':');
        attributes.add(colon < 0 ? new SdpAttribute(line, value, "") : new SdpAttribute(line, value.substring(0, colon), value.substring(colon + 1)));
    }

    private void media(String value) {
        close();
        if (media.size() == MAX_MEDIA) {
            throw new SdpException(line, "wanted at most " + MAX_MEDIA + " media sections, found more");
        }
        String[] words = value.split(" +", MAX_FORMATS + 4);
        if (words.length < 4) {
            throw new SdpException(line, "wanted a medium, a port, a protocol and formats, found " + SdpException.shown(value));
        }
        if (words.length == MAX_FORMATS + 4) {
            throw new SdpException(line, "wanted at most " + MAX_FORMATS + " formats, found more");
        }
        int slash = words[1].indexOf('/');
        int port = Numbers.within(line, "a port", slash < 0 ? words[1] : words[1].substring(0, slash), 0, MAX_PORT);
        attributes = new ArrayList<>();
        open = new SdpMedia(line, words[0], port, words[2], List.of(words).subList(3, words.length), List.of());
    }

    private void close() {
        if (open != null) {
            media.add(new SdpMedia(open.line(), open.kind(), open.port(), open.protocol(), open.formats(), attributes));
            open = null;
        }
    }
}
