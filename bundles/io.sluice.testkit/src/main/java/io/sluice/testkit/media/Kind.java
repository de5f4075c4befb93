package io.sluice.testkit.media;

/** What a frame is; the number is that of the FLV tag and of the RTMP message (FLV 10.1, E.4.1; RTMP 1.0, 7.1). */
public enum Kind {
    VIDEO(9), AUDIO(8), DATA(18);

    private final int type;

    Kind(int type) {
        this.type = type;
    }

    public int type() {
        return type;
    }

    /** The kind with this number, or null for other messages. */
    public static Kind of(int type) {
        for (Kind kind : values()) {
            if (kind.type == type) {
                return kind;
            }
        }
        return null;
    }
}
