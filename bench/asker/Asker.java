package bench.asker;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.trigger.TriggerAnswer;
import io.sluice.api.trigger.TriggerEvent;
import io.sluice.api.trigger.Triggers;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A bundle with the command {@code bench:ask RATE SECONDS STREAM}: asks the elected engine USER_NEW at that rate, whether answers come or not, and says what came. */
public final class Asker implements BundleActivator {
    private Plugins plugins;

    @Override
    public void start(BundleContext context) {
        plugins = context.getService(context.getServiceReference(Plugins.class));
        Dictionary<String, Object> command = new Hashtable<>();
        command.put("osgi.command.scope", "bench");
        command.put("osgi.command.function", new String[] {"ask"});
        context.registerService(Asker.class, this, command);
    }

    @Override
    public void stop(BundleContext context) {
        // the framework takes the service back
    }

    /** @return JSON: how many yes, how many no, and how long an answer took in microseconds */
    public String ask(int rate, int seconds, String stream) throws Exception {
        Triggers[] engine = new Triggers[1];
        AutoCloseable listening = plugins.listen(Triggers.class, (String name, Plugin<Triggers> before, Plugin<Triggers> now) -> engine[0] = now == null ? null : now.service());
        try {
            return ask(engine[0], rate, rate * seconds, stream);
        } finally {
            listening.close();
        }
    }

    private static String ask(Triggers engine, int rate, int count, String stream) throws InterruptedException {
        long[] micros = new long[count];
        AtomicInteger yes = new AtomicInteger();
        CountDownLatch left = new CountDownLatch(count);
        long begin = System.nanoTime();
        long latest = 0;
        for (int i = 0; i < count; i++) {
            long due = begin + i * 1_000_000_000L / rate;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(Math.max(wait, 200_000));
            }
            int number = i;
            long asked = System.nanoTime();
            latest = Math.max(latest, asked - due);
            TriggerEvent event = TriggerEvent.of("USER_NEW", stream, "stream", stream, "address", "192.0.2.1", "token", "t" + i, "protocol", "hls", "url",
                "http://example.net/hls/" + stream + "/index.m3u8?tkn=t" + i, "session", Integer.toHexString(i));
            // from when it was due, so that a pause of the questioner's counts
            engine.ask(event).whenComplete((TriggerAnswer answer, Throwable e) -> {
                micros[number] = (System.nanoTime() - due) / 1000;
                if (answer != null && answer.yes()) {
                    yes.incrementAndGet();
                }
                left.countDown();
            });
        }
        boolean all = left.await(90, TimeUnit.SECONDS);
        double took = (System.nanoTime() - begin) / 1e9;
        Arrays.sort(micros);
        return String.format(Locale.ROOT, "{\"asked\": %d, \"yes\": %d, \"unanswered\": %d, \"p50\": %d, \"p99\": %d, \"p999\": %d, \"max\": %d, \"seconds\": %.2f, \"late\": %.1f}", count,
            yes.get(), all ? 0 : left.getCount(), micros[count / 2], micros[(int) (count * 0.99)], micros[(int) (count * 0.999)], micros[count - 1], took, latest / 1e6);
    }
}
