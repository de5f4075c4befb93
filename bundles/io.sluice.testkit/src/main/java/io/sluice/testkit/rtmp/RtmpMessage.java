package io.sluice.testkit.rtmp;

/**
 * @param chunkStream that carried it
 * @param type        message type id (RTMP 1.0, 7.1)
 * @param stream      message stream id
 * @param timestamp   32 bits, unsigned, as on the wire
 * @param payload     not to be changed
 */
public record RtmpMessage(int chunkStream, int type, int stream, long timestamp, byte[] payload) {
    public static final int SET_CHUNK_SIZE = 1;
    public static final int ABORT = 2;
    public static final int ACKNOWLEDGEMENT = 3;
    public static final int USER_CONTROL = 4;
    public static final int WINDOW_SIZE = 5;
    public static final int PEER_BANDWIDTH = 6;
    public static final int COMMAND = 20;
    public static final int DATA = 18;
}
