package io.sluice.format.rtmp;

import io.netty.buffer.ByteBuf;

/**
 * One RTMP message, section 5.3 and 7.
 *
 * @param timestamp milliseconds, unsigned 32 bits, wrapping
 * @param payload   borrowed by whoever is handed the message
 */
public record Message(int type, int streamId, int timestamp, ByteBuf payload) {
    public static final int SET_CHUNK_SIZE = 1;
    public static final int ABORT = 2;
    public static final int ACKNOWLEDGEMENT = 3;
    public static final int USER_CONTROL = 4;
    public static final int WINDOW_ACK_SIZE = 5;
    public static final int SET_PEER_BANDWIDTH = 6;
    public static final int AUDIO = 8;
    public static final int VIDEO = 9;
    public static final int DATA_AMF3 = 15;
    public static final int COMMAND_AMF3 = 17;
    public static final int DATA = 18;
    public static final int COMMAND = 20;
    public static final int AGGREGATE = 22;
}
