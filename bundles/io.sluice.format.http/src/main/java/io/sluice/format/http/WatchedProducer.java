package io.sluice.format.http;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/** A request that says which connection it is sent on. On the client's thread. */
final class WatchedProducer implements AsyncRequestProducer {
    private final AsyncRequestProducer request;
    private final Consumer<EndpointDetails> connection;

    /** @param connection told before the first byte */
    WatchedProducer(AsyncRequestProducer request, Consumer<EndpointDetails> connection) {
        this.request = request;
        this.connection = connection;
    }

    @Override
    public void sendRequest(RequestChannel channel, HttpContext context) throws HttpException, IOException {
        connection.accept(HttpCoreContext.cast(context).getEndpointDetails());
        request.sendRequest(channel, context);
    }

    @Override
    public boolean isRepeatable() {
        return request.isRepeatable();
    }

    @Override
    public void failed(Exception cause) {
        request.failed(cause);
    }

    @Override
    public int available() {
        return request.available();
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        request.produce(channel);
    }

    @Override
    public void releaseResources() {
        request.releaseResources();
    }
}
