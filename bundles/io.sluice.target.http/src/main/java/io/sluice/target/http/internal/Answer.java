package io.sluice.target.http.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heads of a server's answers, RFC 9112 sections 2.1 and 4; of what follows the last one nothing is wanted. */
final class Answer {
    private static final int MOST_BYTES = 16 << 10;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-9]\\d\\d)(?: ([^\\r\\n]{0,100}).*)?");

    /** @param words such as "403 Forbidden" */
    record Status(int code, String words) {
        boolean interim() {
            return code < 200;
        }

        boolean success() {
            return code >= 200 && code < 300;
        }
    }

    private Answer() {
    }

    /**
     * @param in borrowed; moved behind the head
     * @return null where it is not whole
     * @throws ProtocolException where it is none
     */
    static Status read(ByteBuf in) {
        String text = in.toString(in.readerIndex(), Math.min(in.readableBytes(), MOST_BYTES), StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            if (text.length() == MOST_BYTES || text.length() > 5 && !text.startsWith("HTTP/")) {
                throw new ProtocolException("the server does not answer in HTTP/1.1");
            }
            return null;
        }
        in.skipBytes(end + 4);
        Matcher m = STATUS.matcher(text.substring(0, text.indexOf("\r\n")));
        if (!m.matches()) {
            throw new ProtocolException("the server does not answer in HTTP/1.1");
        }
        String words = m.group(2) == null ? "" : m.group(2).replaceAll("\\p{Cntrl}", " ").strip();
        return new Status(Integer.parseInt(m.group(1)), (m.group(1) + " " + words).strip());
    }
}
