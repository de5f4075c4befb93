package io.sluice.trigger.webhook.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;

/** Reads an answer's body up to a limit; one that is longer or compressed fails. On the client's thread. */
final class AnswerReader extends AbstractBinResponseConsumer<HookAnswer> {
    /** Longer than any name, address or word of consent. */
    static final int MAX_BYTES = 65_536;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;

    @Override
    protected void start(HttpResponse response, ContentType type) throws IOException {
        status = response.getCode();
        if (response.containsHeader(HttpHeaders.CONTENT_ENCODING) && !"identity".equalsIgnoreCase(response.getFirstHeader(HttpHeaders.CONTENT_ENCODING).getValue())) {
            throw new HookClient.Final("it answered compressed, which was not asked for");
        }
    }

    @Override
    protected int capacityIncrement() {
        return MAX_BYTES;
    }

    @Override
    protected void data(ByteBuffer bytes, boolean end) throws IOException {
        if (bytes.remaining() > MAX_BYTES - body.size()) {
            throw new HookClient.Final("it answered more than " + MAX_BYTES + " bytes");
        }
        byte[] chunk = new byte[bytes.remaining()];
        bytes.get(chunk);
        body.write(chunk);
    }

    @Override
    protected HookAnswer buildResult() {
        return new HookAnswer(status, body.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void releaseResources() {
        // memory only
    }
}
