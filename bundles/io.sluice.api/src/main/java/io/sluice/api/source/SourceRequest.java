package io.sluice.api.source;

import io.sluice.api.stream.Publisher;
import java.net.URI;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * @param uri       what to pull, such as {@code file:/srv/clip.mp4?loop=true}
 * @param publisher where frames go; used on {@code loop} only
 * @param loop      the event loop of this stream: paces and writes; must not be blocked
 * @param workers   for what blocks
 * @param ended     called once when it has ended by itself: "" at the end of the media, or what went wrong
 */
public record SourceRequest(URI uri, Publisher publisher, ScheduledExecutorService loop, Executor workers, Consumer<String> ended) {
}
