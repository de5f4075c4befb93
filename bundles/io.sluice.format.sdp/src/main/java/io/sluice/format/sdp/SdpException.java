package io.sluice.format.sdp;

/** Text that is no session description, or not one that can be answered; the message names the line, what was wanted and what came. */
public final class SdpException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 60;

    /** @param line from 1; 0 where no line is to blame, as when one is missing */
    public SdpException(int line, String message) {
        super(line == 0 ? "SDP: " + message : "SDP line " + line + ": " + message);
    }

    /** A peer's text for a message: one short line of visible characters. */
    static String shown(String text) {
        String visible = text.codePoints().limit(SHOWN).map(c -> c < ' ' || c == 0x7f ? '?' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return text.length() > SHOWN ? visible + "..." : visible;
    }
}
