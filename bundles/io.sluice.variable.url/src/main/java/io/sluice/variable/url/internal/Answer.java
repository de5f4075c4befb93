package io.sluice.variable.url.internal;

import io.sluice.format.http.OutboundReply;
import io.sluice.format.json.JsonPick;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The value in an answer. */
final class Answer {
    private static final Pattern CHARSET = Pattern.compile(";\\s*charset=\"?([A-Za-z0-9._:-]{1,40})", Pattern.CASE_INSENSITIVE);

    private Answer() {
    }

    /** @param maxChars of a value that is picked by the pointer; a value in UTF-8 has no more characters than bytes */
    static String value(Question question, OutboundReply reply, int maxChars) throws IOException {
        if (reply.status() / 100 != 2) {
            throw new IOException("the server answered " + reply.status());
        }
        if (question.pointer() == null) {
            String text = new String(reply.body(), charset(reply.headers().getOrDefault("content-type", "")));
            return reply.cut() && text.endsWith("\ufffd") ? text.substring(0, text.length() - 1) : text;
        }
        if (reply.cut()) {
            throw new IOException("the JSON document has more than " + JsonPick.MAX_DOCUMENT_BYTES + " bytes");
        }
        String value = new JsonPick(question.pointer()).from(reply.body());
        return value.length() <= maxChars ? value : value.substring(0, maxChars);
    }

    private static Charset charset(String contentType) {
        Matcher charset = CHARSET.matcher(contentType);
        try {
            return charset.find() ? Charset.forName(charset.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
