package io.sluice.format.rtcp;

import io.netty.buffer.ByteBuf;

/** One packet of a compound. SSRCs are unsigned. Each knows how to write itself, header included. */
public sealed interface RtcpPacket permits Bye, FullIntraRequest, Nack, OtherRtcp, PictureLoss, ReceiverReport, Remb, SenderReport, SourceDescription, TransportFeedback {
    /** Appends it. */
    void write(ByteBuf out);
}
