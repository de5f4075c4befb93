package io.sluice.format.mpegts;

/**
 * A PES packet that was read.
 *
 * @param streamType   ISO/IEC 13818-1 table 2-34
 * @param pts          33-bit ticks
 * @param dts          33-bit ticks; the PTS where none was sent
 * @param pcr          33-bit base of the last PCR before or in its first packet, -1 for none
 * @param randomAccess its first packet says that a decoder can start here
 * @param payload      the elementary stream's bytes
 */
public record TsUnit(int pid, int streamType, long pts, long dts, long pcr, boolean randomAccess, byte[] payload) {
    public boolean isVideo() {
        return streamType == TsTrack.H264 || streamType == TsTrack.H265;
    }
}
