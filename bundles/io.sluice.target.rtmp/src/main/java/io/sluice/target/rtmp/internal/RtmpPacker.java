package io.sluice.target.rtmp.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Tracks;
import io.sluice.format.delivery.Packer;
import io.sluice.format.delivery.Timeline;
import io.sluice.format.rtmp.MediaMessages;

/** Frames as a publisher's messages: metadata and configurations first, and again with each change of the tracks. */
final class RtmpPacker implements Packer {
    private final MediaMessages messages;
    private final Timeline timeline = new Timeline();
    private final Silence silence;
    private Tracks tracks;

    /** @param silence adds sound where there is none, or null */
    RtmpPacker(MediaMessages messages, Silence silence) {
        this.messages = messages;
        this.silence = silence;
    }

    @Override
    public int sizeOf(Frame frame) {
        return messages.sizeOf(frame);
    }

    @Override
    public void pack(ByteBuf out, Frame frame) {
        long nanos = timeline.dtsNanos(frame);
        if (nanos == Timeline.DROP || !MediaMessages.carries(frame)) {
            return;
        }
        long dts = Timeline.millis(nanos);
        boolean silent = silence != null && Silence.neededIn(frame.tracks());
        if (frame.tracks() != tracks) {
            tracks = frame.tracks();
            Tracks all = silent ? silence.with(tracks) : tracks;
            messages.setMetadata(out, all);
            messages.configurations(out, all, dts);
        }
        messages.frame(out, frame, dts, Timeline.millis(nanos + frame.ptsNanos() - frame.dtsNanos()));
        if (silent) {
            silence.upTo(out, dts, messages);
        }
    }
}
