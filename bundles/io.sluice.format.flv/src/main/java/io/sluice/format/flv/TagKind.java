package io.sluice.format.flv;

/** What an audio or video tag carries; the first three in the order of AVCPacketType's numbers. */
public enum TagKind {
    /** What a decoder must know first: avcC, AudioSpecificConfig and so on. */ CONFIGURATION,
    /** One frame. */ FRAME,
    /** The sequence ends. */ END,
    /** Metadata, commands, empty tags: nothing that a stream keeps. */ OTHER
}
