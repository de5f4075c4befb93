package io.sluice.net.internal;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorChooserFactory;
import io.netty.util.concurrent.ThreadPerTaskExecutor;
import io.sluice.api.net.Loops;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process's event loops and its pool for what blocks. They live as long as this component: a changed number waits for the next start. */
@Component(service = {Loops.class, EventLoops.class}, configurationPid = NetConfig.PID, immediate = true)
public final class EventLoops implements Loops {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoops.class);
    /** Tasks of a few hundred bytes each: a full queue costs megabytes and means minutes of waiting, so more are refused. */
    private static final int WORKER_QUEUE = 10_000;

    private final Transport transport;
    /** Listening sockets have a loop of their own, where no plugin's code runs: a loop that stands must not keep newcomers from the others. */
    private final EventLoopGroup acceptor;
    private final EventLoopGroup group;
    private final LoopWatch watch;
    private final ThreadPoolExecutor workers;
    private final Map<EventLoop, FlushQueue> flushes = new IdentityHashMap<>();
    private final Map<EventLoop, LoopView> views = new IdentityHashMap<>();
    private final PluginErrors errors = new PluginErrors();
    /** Apart from the turns of connections, so that these go evenly to the loops. */
    private final EventExecutorChooserFactory.EventExecutorChooser turns;

    @Activate
    public EventLoops(NetConfig config) {
        this(Transport.best(), config.eventLoops() > 0 ? config.eventLoops() : Runtime.getRuntime().availableProcessors(),
            Math.max(4, Math.min(64, config.workerThreads())));
    }

    EventLoops(Transport transport, int loops, int workerThreads) {
        this.transport = transport;
        LiveLoops live = new LiveLoops();
        acceptor = new MultiThreadIoEventLoopGroup(1, named("sluice-accept-"), transport.handlers());
        group = new MultiThreadIoEventLoopGroup(loops, new ThreadPerTaskExecutor(named("sluice-loop-")), live, transport.handlers());
        for (EventExecutor e : group) {
            EventLoop loop = (EventLoop) e;
            flushes.put(loop, new FlushQueue(loop));
            views.put(loop, new LoopView(loop, errors));
        }
        turns = live.newChooser(flushes.keySet().toArray(EventExecutor[]::new));
        watch = new LoopWatch(flushes.keySet(), System::nanoTime);
        live.standing(watch::stands);
        watch.start();
        workers = new ThreadPoolExecutor(workerThreads, workerThreads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WORKER_QUEUE), named("sluice-worker-"));
        workers.allowCoreThreadTimeOut(true);
        LOG.info("{} event loops on {}, {} worker threads", loops, transport.name(), workerThreads);
    }

    @Modified
    void modified(NetConfig config) {
        LOG.debug("a changed number of threads waits for the next start");
    }

    @Override
    public ScheduledExecutorService next() {
        return view((EventLoop) turns.next());
    }

    @Override
    public Executor workers() {
        return workers;
    }

    EventLoopGroup acceptor() {
        return acceptor;
    }

    EventLoopGroup group() {
        return group;
    }

    Transport transport() {
        return transport;
    }

    /** What drives the sockets: "epoll" or "nio". */
    public String transportName() {
        return transport.name();
    }

    public Set<EventLoop> everyLoop() {
        return flushes.keySet();
    }

    /** The loop that the calling thread is. @throws IllegalStateException where it is none */
    public EventLoop current() {
        return all().stream().filter(EventLoop::inEventLoop).findFirst().orElseThrow(() -> new IllegalStateException("this is no event loop"));
    }

    Set<EventLoop> all() {
        return flushes.keySet();
    }

    /** The calling thread is one of them, so nothing may wait for them here. */
    boolean here() {
        return all().stream().anyMatch(EventLoop::inEventLoop);
    }

    /** What others get of a loop: the same object for each who asks. */
    LoopView view(EventLoop loop) {
        return views.get(loop);
    }

    PluginErrors errors() {
        return errors;
    }

    FlushQueue flushes(EventLoop loop) {
        return flushes.get(loop);
    }

    /**
     * Waits until each loop has finished the event it is in, so that what it read before is out of use. Not to be called on a loop.
     *
     * @return false when a loop was still busy after the time
     */
    boolean settle(long millis) {
        CountDownLatch done = new CountDownLatch(flushes.size());
        flushes.keySet().forEach(loop -> loop.execute(done::countDown));
        try {
            return done.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Deactivate
    void stop() {
        watch.close();
        workers.shutdownNow();
        acceptor.shutdownGracefully(0, 2, TimeUnit.SECONDS);
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread t = new io.netty.util.concurrent.FastThreadLocalThread(task, prefix + count.incrementAndGet());
            t.setDaemon(true);
            return t;
        };
    }
}
