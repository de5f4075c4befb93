package io.sluice.format.stun;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A binding request, RFC 8489 sections 5 and 14:
 *
 * <pre>
 * |0 0|  method and class 0x0001  |      length after header      |
 * |                    magic cookie 0x2112A442                    |
 * |                transaction identifier, 12 bytes               |
 * |        attribute type         |            length             |   and its value, padded to 4 bytes; so on
 * </pre>
 *
 * @param bytes          the whole of it; not copied, treat it as read-only
 * @param username       local and remote name with a colon between them
 * @param integrityAt    where MESSAGE-INTEGRITY begins; there is one
 * @param useCandidate   the controlling agent nominates this path
 */
public record StunRequest(byte[] bytes, String username, int integrityAt, boolean useCandidate) {
    static final int COOKIE = 0x2112A442;
    static final int HEADER = 20;
    static final int INTEGRITY_BYTES = 20;
    private static final int BINDING_REQUEST = 0x0001;
    /** RFC 8489 section 14.3: USERNAME has fewer than 509 bytes. A check of ICE has some 100 bytes in all. */
    private static final int MAX_BYTES = 1280;
    private static final int USERNAME = 0x0006;
    private static final int MESSAGE_INTEGRITY = 0x0008;
    private static final int USE_CANDIDATE = 0x0025;
    private static final int FINGERPRINT = 0x8028;

    /**
     * Reads a request; whether it is authentic, {@link StunIntegrity} tells.
     *
     * @param in borrowed, its indices stay
     * @return null where it is no binding request with user name, integrity and fingerprint, all of which ICE wants (RFC 8445 section 7.1), or broken anywhere
     */
    public static StunRequest parse(ByteBuf in) {
        if (!isRequest(in)) {
            return null;
        }
        byte[] bytes = ByteBufUtil.getBytes(in);
        String username = null;
        int integrityAt = 0;
        boolean useCandidate = false;
        boolean marked = false;
        int at = HEADER;
        while (at < bytes.length) {
            int type = u16(bytes, at);
            int length = u16(bytes, at + 2);
            if (length > bytes.length - at - 4) {
                return null;
            }
            marked |= type == FINGERPRINT && length == 4 && at + 8 == bytes.length && StunIntegrity.fingerprint(bytes, at) == i32(bytes, at + 4);
            if (integrityAt == 0) {
                if (type == USERNAME) {
                    username = new String(bytes, at + 4, length, StandardCharsets.UTF_8);
                } else if (type == MESSAGE_INTEGRITY && length == INTEGRITY_BYTES) {
                    integrityAt = at;
                }
                useCandidate |= type == USE_CANDIDATE;
            }
            at += 4 + (length + 3 & ~3);
        }
        return at != bytes.length || username == null || integrityAt == 0 || !marked ? null : new StunRequest(bytes, username, integrityAt, useCandidate);
    }

    /**
     * Whom a request is for: the part of the user name before the colon, RFC 8445 section 7.2.2. Allocates nothing but that.
     *
     * @param in borrowed, its indices stay
     * @return null where it is no request with such a name
     */
    public static String local(ByteBuf in) {
        if (!isRequest(in)) {
            return null;
        }
        int at = in.readerIndex() + HEADER;
        while (at + 4 <= in.writerIndex()) {
            int length = in.getUnsignedShort(at + 2);
            if (length > in.writerIndex() - at - 4) {
                return null;
            }
            if (in.getUnsignedShort(at) == USERNAME) {
                int colon = in.indexOf(at + 4, at + 4 + length, (byte) ':');
                return colon < 0 ? null : in.toString(at + 4, colon - at - 4, StandardCharsets.US_ASCII);
            }
            at += 4 + (length + 3 & ~3);
        }
        return null;
    }

    private static boolean isRequest(ByteBuf in) {
        int at = in.readerIndex();
        int bytes = in.readableBytes();
        return bytes >= HEADER && bytes <= MAX_BYTES && (bytes & 3) == 0 && in.getUnsignedShort(at) == BINDING_REQUEST && in.getUnsignedShort(at + 2) + HEADER == bytes
            && in.getInt(at + 4) == COOKIE;
    }

    static int u16(byte[] b, int at) {
        return (b[at] & 255) << 8 | b[at + 1] & 255;
    }

    static int i32(byte[] b, int at) {
        return u16(b, at) << 16 | u16(b, at + 2);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof StunRequest r && Arrays.equals(bytes, r.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "STUN binding request for " + username;
    }
}
