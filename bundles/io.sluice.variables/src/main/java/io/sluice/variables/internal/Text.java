package io.sluice.variables.internal;

import java.nio.charset.StandardCharsets;

/** What becomes of what a source gave. */
final class Text {
    private Text() {
    }

    /** Without white space around it, and at most so many bytes in UTF-8; what is longer is cut between two characters. */
    static String clean(String text, int maxBytes) {
        String stripped = text.strip();
        // three bytes at most for a char: a pair of surrogates has four
        if (3L * stripped.length() <= maxBytes) {
            return stripped;
        }
        byte[] bytes = stripped.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= maxBytes) {
            return stripped;
        }
        int end = maxBytes;
        while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    /** Why something failed, in at most 300 characters. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof java.util.concurrent.CompletionException || cause instanceof java.util.concurrent.ExecutionException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        String text = message == null || message.isBlank() || cause instanceof Error ? cause.toString() : message;
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }
}
