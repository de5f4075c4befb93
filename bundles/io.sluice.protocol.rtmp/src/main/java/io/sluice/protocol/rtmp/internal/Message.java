package io.sluice.protocol.rtmp.internal;

import io.netty.buffer.ByteBuf;

/**
 * One RTMP message, section 5.3 and 7.
 *
 * @param timestamp milliseconds, unsigned 32 bits, wrapping
 * @param payload   borrowed by whoever is handed the message
 */
record Message(int type, int streamId, int timestamp, ByteBuf payload) {
    static final int SET_CHUNK_SIZE = 1;
    static final int ABORT = 2;
    static final int ACKNOWLEDGEMENT = 3;
    static final int USER_CONTROL = 4;
    static final int WINDOW_ACK_SIZE = 5;
    static final int SET_PEER_BANDWIDTH = 6;
    static final int AUDIO = 8;
    static final int VIDEO = 9;
    static final int DATA_AMF3 = 15;
    static final int COMMAND_AMF3 = 17;
    static final int DATA = 18;
    static final int COMMAND = 20;
    static final int AGGREGATE = 22;
}
