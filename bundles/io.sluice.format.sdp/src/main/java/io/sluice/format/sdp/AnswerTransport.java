package io.sluice.format.sdp;

import java.util.List;

/**
 * The server's side of the one transport.
 *
 * @param candidates those preferred first
 */
public record AnswerTransport(IceCredentials ice, Fingerprint fingerprint, List<Candidate> candidates) {
    public AnswerTransport {
        candidates = List.copyOf(candidates);
    }
}
