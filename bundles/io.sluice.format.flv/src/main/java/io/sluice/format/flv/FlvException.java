package io.sluice.format.flv;

/** Bytes that are not FLV; the message says what was wanted and what came. */
public final class FlvException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public FlvException(String message) {
        super(message);
    }
}
