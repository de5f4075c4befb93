package io.sluice.format.rtmp;

import io.netty.buffer.ByteBufUtil;

/** Bytes as a person writes them. */
final class Bytes {
    private Bytes() {
    }

    static byte[] hex(String hex) {
        return ByteBufUtil.decodeHexDump(hex.replace(" ", ""));
    }
}
