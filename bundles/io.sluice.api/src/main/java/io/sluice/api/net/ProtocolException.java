package io.sluice.api.net;

/** The peer broke the protocol or a limit: its fault, so no stack trace; the message says what was wanted and what came. */
public class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        super(message, null, false, false);
    }
}
