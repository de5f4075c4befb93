package io.sluice.format.amf;

/**
 * How much AMF0 a peer may make us hold.
 *
 * @param depth    nesting of objects and arrays
 * @param elements values in all, at every depth
 * @param bytes    bytes read in all
 */
public record AmfLimits(int depth, int elements, int bytes) {
    /**
     * Depth: real metadata nests 3 deep (keyframes, arrays of numbers). Bytes: FLV files carry key frame indices in onMetaData, 18 bytes for each key
     * frame: 1 MiB holds a day at 2 s. Elements: as many numbers as those bytes can carry.
     */
    public static final AmfLimits DEFAULT = new AmfLimits(32, 120_000, 1 << 20);
}
