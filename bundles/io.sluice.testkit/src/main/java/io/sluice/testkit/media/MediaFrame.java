package io.sluice.testkit.media;

/**
 * One FLV tag or RTMP message with media.
 *
 * @param kind   of it
 * @param millis decoding time on the sender's own clock, unwrapped
 * @param body   as in an FLV tag: the codec's header and the payload; not to be changed
 */
public record MediaFrame(Kind kind, long millis, byte[] body) {
    public MediaFrame shifted(long byMillis) {
        return new MediaFrame(kind, millis + byMillis, body);
    }

    /** Metadata or a decoder's configuration, no media (FLV 10.1, E.4.2.1 and E.4.3.1; Enhanced RTMP's packet types 0 and 4). */
    public boolean header() {
        if (kind == Kind.DATA || body.length < 2) {
            return true;
        }
        if (kind == Kind.VIDEO) {
            return enhancedVideo() ? (body[0] & 0x0F) == 0 || (body[0] & 0x0F) == 4 : codec() == 7 && body[1] != 1;
        }
        return (body[0] & 0xF0) == 0x90 ? (body[0] & 0x0F) == 0 || (body[0] & 0x0F) == 4 : (body[0] & 0xF0) == 0xA0 && body[1] == 0;
    }

    /** A video key frame. */
    public boolean key() {
        return kind == Kind.VIDEO && body.length > 0 && (body[0] >> 4 & 0x07) == 1;
    }

    private int codec() {
        return body[0] & 0x0F;
    }

    private boolean enhancedVideo() {
        return body[0] < 0;
    }

    /** What the frame is compared by, see {@link FrameHash}. */
    public String hash() {
        return FrameHash.of(this);
    }

    /** The entry that a {@link FrameLedger} compares. */
    public Seen seen() {
        return new Seen(hash(), millis);
    }
}
