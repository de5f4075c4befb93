package io.sluice.format.rtp;

/** Bytes that are not what they should be; the message says what was wanted and what came. Without a stack trace: it is the peer's fault, and peers can send many. */
public final class RtpException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public RtpException(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
