package faulty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.HttpBody;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.net.HttpRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Does what no plugin should, as its path says. */
public final class FaultyRoute implements HttpRoute {
    private static final CountDownLatch OVER = new CountDownLatch(1);
    private static final Queue<ByteBuf> TAKEN = new ConcurrentLinkedQueue<>();

    @Override
    public void serve(HttpExchange exchange) {
        switch (exchange.path()) {
            case "/faulty/throws" -> throw new IllegalStateException("planted: serve");
            case "/faulty/error" -> throw new NoClassDefFoundError("planted");
            case "/faulty/deep" -> deep(0);
            case "/faulty/half" -> {
                HttpBody body = exchange.stream(200, Map.of("content-type", "text/plain"));
                body.write(Unpooled.copiedBuffer("half".getBytes()));
                throw new IllegalStateException("planted: half-way");
            }
            case "/faulty/body" -> exchange.body(1000, in -> {
                throw new IllegalStateException("planted: body");
            });
            case "/faulty/end" -> {
                exchange.onEnd(() -> {
                    throw new IllegalStateException("planted: end");
                });
                exchange.answer(200, Map.of(), Unpooled.EMPTY_BUFFER);
            }
            case "/faulty/later" -> exchange.connection().schedule(1, () -> {
                throw new IllegalStateException("planted: later");
            });
            case "/faulty/blocks" -> {
                block(Long.parseLong(exchange.query("millis")));
                exchange.answer(200, Map.of(), Unpooled.EMPTY_BUFFER);
            }
            case "/faulty/waits" -> {
                await();
                exchange.answer(200, Map.of(), Unpooled.EMPTY_BUFFER);
            }
            case "/faulty/ends" -> {
                OVER.countDown();
                exchange.answer(200, Map.of(), Unpooled.EMPTY_BUFFER);
            }
            case "/faulty/direct" -> takeDirect();
            case "/faulty/frees" -> {
                TAKEN.forEach(ByteBuf::release);
                TAKEN.clear();
                exchange.answer(200, Map.of(), Unpooled.EMPTY_BUFFER);
            }
            default -> allocate();
        }
    }

    private static int deep(int n) {
        return deep(n + 1) + 1;
    }

    private static void block(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static void await() {
        try {
            OVER.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until there is no more, and keeps it. */
    private static void takeDirect() {
        while (true) {
            TAKEN.add(PooledByteBufAllocator.DEFAULT.directBuffer(1 << 20));
        }
    }

    private static void allocate() {
        List<byte[]> all = new ArrayList<>();
        while (true) {
            all.add(new byte[1 << 20]);
        }
    }
}
