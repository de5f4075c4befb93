package io.sluice.format.sdp;

/** What one side of ICE is called by and proves itself with, RFC 8839 section 5.4. */
public record IceCredentials(String ufrag, String password) {
    private static final int MIN_UFRAG = 4;
    private static final int MIN_PASSWORD = 22;
    private static final int MAX = 256;

    /** What a section says, or else the session. @return null where neither says both */
    static IceCredentials of(Sdp sdp, SdpMedia media) {
        SdpAttribute ufrag = sdp.attribute(media, "ice-ufrag").orElse(null);
        SdpAttribute password = sdp.attribute(media, "ice-pwd").orElse(null);
        return ufrag == null || password == null ? null : new IceCredentials(checked(ufrag, MIN_UFRAG), checked(password, MIN_PASSWORD));
    }

    private static String checked(SdpAttribute attribute, int min) {
        String value = attribute.value();
        boolean good = value.length() >= min && value.length() <= MAX && value.chars().allMatch(IceCredentials::iceChar);
        if (!good) {
            throw new SdpException(attribute.line(), "wanted " + attribute.name() + " of " + min + " to " + MAX + " letters, digits, + or /, found " + value.length() + " characters");
        }
        return value;
    }

    /** Firefox and others keep to RFC 8839's letters; - and _ are met too, and harmless. */
    private static boolean iceChar(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '-' || c == '_' || c == '=';
    }

    @Override
    public String toString() {
        return "ICE user " + ufrag;
    }
}
