package io.sluice.format.amf;

/** Bytes that are not AMF0, or more of it than the limits allow; the message says what was wanted and what came. */
public final class AmfException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public AmfException(String message) {
        super(message);
    }
}
