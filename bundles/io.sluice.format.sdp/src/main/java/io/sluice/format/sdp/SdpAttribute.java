package io.sluice.format.sdp;

/**
 * An {@code a=} line, RFC 8866 section 5.13.
 *
 * @param line  from 1
 * @param value after the colon; "" for a flag
 */
public record SdpAttribute(int line, String name, String value) {
}
