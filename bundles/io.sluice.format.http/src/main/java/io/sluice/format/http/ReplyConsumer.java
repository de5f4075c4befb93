package io.sluice.format.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;

/** Reads an answer up to a limit; a body that is encoded is refused, so nothing can unfold into more than was sent. Called on the client's thread. */
final class ReplyConsumer extends AbstractBinResponseConsumer<OutboundReply> {
    private static final int READ_BYTES = 65_536;

    private final int maxBytes;
    private final CompletableFuture<OutboundReply> reply;
    private final BooleanSupplier unwanted;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Map<String, String> headers = new HashMap<>();
    private int status;

    /**
     * @param reply    completed early when the body is cut, since what follows then is an error to the library
     * @param unwanted whether nobody waits any more: then the connection is closed
     */
    ReplyConsumer(int maxBytes, CompletableFuture<OutboundReply> reply, BooleanSupplier unwanted) {
        this.maxBytes = maxBytes;
        this.reply = reply;
        this.unwanted = unwanted;
    }

    @Override
    protected void start(HttpResponse response, ContentType type) throws IOException {
        check();
        status = response.getCode();
        for (Header header : response.getHeaders()) {
            headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue() == null ? "" : header.getValue());
        }
        String encoding = headers.getOrDefault("content-encoding", "identity");
        if (!encoding.isBlank() && !encoding.equalsIgnoreCase("identity")) {
            throw new IOException("the answer is encoded as '" + encoding + "', which was not asked for");
        }
    }

    private void check() throws IOException {
        if (unwanted.getAsBoolean()) {
            throw new IOException("nobody waits for the answer any more");
        }
    }

    @Override
    protected int capacityIncrement() {
        return READ_BYTES;
    }

    @Override
    protected void data(ByteBuffer bytes, boolean endOfStream) throws IOException {
        check();
        byte[] part = new byte[Math.min(bytes.remaining(), maxBytes - body.size())];
        bytes.get(part);
        body.write(part, 0, part.length);
        if (bytes.hasRemaining()) {
            reply.complete(result(true));
            throw new IOException("the answer has more than " + maxBytes + " bytes");
        }
    }

    @Override
    protected OutboundReply buildResult() {
        return result(false);
    }

    private OutboundReply result(boolean cut) {
        return new OutboundReply(status, Map.copyOf(headers), body.toByteArray(), cut);
    }

    @Override
    public void releaseResources() {
        // nothing is held
    }
}
