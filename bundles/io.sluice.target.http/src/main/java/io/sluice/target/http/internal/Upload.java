package io.sluice.target.http.internal;

import io.sluice.api.net.Dialer;
import io.sluice.api.push.PushAddress;
import io.sluice.api.push.PushRequest;
import io.sluice.format.delivery.FramePump;
import java.util.Map;

/** One push of all tracks in one body. All but {@link #close} on the push's loop. */
final class Upload implements AutoCloseable, LongRequest.Owner {
    private final PushRequest push;
    private final HttpUrl url;
    private final Container container;
    private final LongRequest request;
    private FramePump pump;

    private Upload(PushRequest push, HttpUrl url, Options options) {
        this.push = push;
        this.url = url;
        container = Container.of(url.extension());
        request = new LongRequest(push, url, options, "Content-Type: " + container.type() + "\r\n", this);
    }

    static String problem(PushAddress address) {
        try {
            Options.of(address.parameters());
            String path = HttpUrl.check(address.target()).group(3).replaceFirst("\\?.*", "");
            if (path.indexOf('$') < 0) {
                Container.of(HttpUrl.extension(path.substring(path.indexOf('/'))));
            }
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** @throws IllegalArgumentException with the problem */
    static AutoCloseable start(PushRequest push, Dialer dialer) {
        Options options = Options.of(push.address().parameters());
        HttpUrl url = HttpUrl.of(push.address().target(), part -> push.expand(part, Map.of()));
        Upload upload = new Upload(push, url, options);
        push.loop().execute(() -> {
            push.reader().onEnd(reason -> upload.request.end("")); // the core takes the reader away, and says why itself
            upload.request.dial(dialer);
        });
        return upload;
    }

    @Override
    public void begin() {
        push.progress().running(url.shown());
        pump = new FramePump(request.connection(), push.reader(), push.progress(), container.packer(), request::chunk, this::packed);
        pump.start();
    }

    private void packed(String problem) {
        if (problem.isEmpty()) {
            request.finish();
        } else {
            request.end(problem);
        }
    }

    @Override
    public void writable() {
        pump.run();
    }

    @Override
    public void stopping() {
        pump.finish();
    }

    @Override
    public void ending(String problem) {
        if (pump != null) {
            pump.drop();
        }
    }

    @Override
    public void over(String problem) {
        push.progress().ended(problem);
    }

    @Override
    public void close() {
        push.loop().execute(() -> {
            if (pump != null) {
                pump.finish();
            } else {
                request.end("");
            }
        });
    }
}
