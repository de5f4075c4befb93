package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;
import io.sluice.format.rtp.RtpException;

/** What is common to pictures of all codecs: a unit ends by the marker, or where the timestamp changes; a gap damages the unit that is open. */
final class PictureDepacketiser implements Depacketiser {
    /** What differs. Whatever it finds wrong, it says to the unit, or throws. */
    interface Format {
        /** @param afterGap packets are missing right before the unit, so it may lack its beginning */
        void begin(boolean afterGap);

        /** @throws IllegalArgumentException where the payload is broken */
        void read(ByteBuf payload);

        /** Ends the unit in one of the ways that it has. */
        void finish();

        /** Releases what it has of its own. */
        default void close() {
            // most have nothing
        }
    }

    private final UnitAssembly unit;
    private final Format format;
    private boolean gapBefore;

    PictureDepacketiser(UnitAssembly unit, Format format) {
        this.unit = unit;
        this.format = format;
    }

    @Override
    public void packet(ByteBuf payload, long timestamp, boolean marker, boolean gap) {
        if (gap) {
            gapBefore = true;
            unit.damage();
        }
        if (!payload.isReadable()) {
            return;
        }
        if (unit.open() && !unit.openAt(timestamp)) {
            format.finish();
        }
        if (!unit.open()) {
            unit.begin(timestamp);
            format.begin(gapBefore);
        }
        gapBefore = false;
        try {
            format.read(payload);
        } catch (IllegalArgumentException e) {
            unit.damage();
            throw e instanceof RtpException ? e : new RtpException(e.getMessage());
        } finally {
            if (marker) {
                format.finish();
            }
        }
    }

    @Override
    public void close() {
        unit.release();
        format.close();
    }
}
