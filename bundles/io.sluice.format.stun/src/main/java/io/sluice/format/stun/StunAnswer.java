package io.sluice.format.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Binding answers. */
public final class StunAnswer {
    private static final short BINDING_SUCCESS = 0x0101;
    private static final short XOR_MAPPED_ADDRESS = 0x0020;
    private static final short MESSAGE_INTEGRITY = 0x0008;
    private static final short FINGERPRINT = (short) 0x8028;

    private StunAnswer() {
    }

    /** Says from where the request came, RFC 8489 section 14.2: the address is XORed with the cookie and the transaction identifier. */
    public static byte[] success(StunRequest request, InetSocketAddress from, StunIntegrity integrity) {
        byte[] address = from.getAddress().getAddress();
        byte[] out = new byte[StunRequest.HEADER + 8 + address.length + 4 + StunRequest.INTEGRITY_BYTES + 8];
        ByteBuffer to = ByteBuffer.wrap(out);
        to.putShort(BINDING_SUCCESS).putShort((short) (out.length - StunRequest.HEADER)).put(request.bytes(), 4, 16);
        to.putShort(XOR_MAPPED_ADDRESS).putShort((short) (4 + address.length)).putShort((short) (address.length == 4 ? 1 : 2));
        to.putShort((short) (from.getPort() ^ StunRequest.COOKIE >>> 16));
        for (int i = 0; i < address.length; i++) {
            to.put((byte) (address[i] ^ out[4 + i]));
        }
        int at = to.position();
        to.putShort(MESSAGE_INTEGRITY).putShort((short) StunRequest.INTEGRITY_BYTES).put(integrity.of(out, at));
        at = to.position();
        to.putShort(FINGERPRINT).putShort((short) 4).putInt(StunIntegrity.fingerprint(out, at));
        return out;
    }
}
