package io.sluice.format.mpegts;

/**
 * What a muxer may choose; every choice gives a valid stream of the same frames.
 *
 * @param tablesEveryPackets PAT and PMT come again before the first frame after so many packets; 0 for only when they are asked for
 * @param audioFramesPerPes  sound frames that share one PES packet: fewer bytes of overhead, at the price of that much delay
 */
public record TsOptions(int tablesEveryPackets, int audioFramesPerPes) {
    public TsOptions {
        if (tablesEveryPackets < 0 || audioFramesPerPes < 1 || audioFramesPerPes > 32) {
            throw new IllegalArgumentException("TS options: wanted 0 or more packets and 1 to 32 frames, found " + tablesEveryPackets + " and " + audioFramesPerPes);
        }
    }
}
