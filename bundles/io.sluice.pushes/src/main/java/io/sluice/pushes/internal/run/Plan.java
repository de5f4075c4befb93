package io.sluice.pushes.internal.run;

import io.sluice.api.push.Output;
import io.sluice.api.push.PushState;
import io.sluice.api.stream.StreamInfo.State;
import io.sluice.pushes.internal.Entry;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One entry: a job for each stream that it covers, between its bounds in time. On the engine's thread, but for {@link #entry} and {@link #report}. */
final class Plan {
    private static final Logger LOG = LoggerFactory.getLogger(Plan.class);
    private final Means means;
    private final Consumer<Job> dirty;
    private final Consumer<Plan> over;
    private final Map<String, Job> jobs = new ConcurrentSkipListMap<>();
    private volatile Entry entry;
    private boolean isOver;
    private AutoCloseable alarm = () -> {
    };

    /** @param over told once, when the entry's time has passed */
    Plan(Means means, Entry entry, Consumer<Job> dirty, Consumer<Plan> over) {
        this.means = means;
        this.entry = entry;
        this.dirty = dirty;
        this.over = over;
    }

    Entry entry() {
        return entry;
    }

    /** @param running pushes of this entry that run already */
    void begin(Collection<Output> running) {
        running.forEach(o -> {
            if (entry.covers(o.stream())) {
                job(o.stream()).adopt(o);
            } else if (o.state() != Output.State.STOPPING) {
                means.outputs().stop(o.id(), "its entry is for other streams now");
            }
        });
        cover();
        clock();
    }

    private void cover() {
        if (!entry.problem().isEmpty()) {
            return;
        }
        if (entry.pattern()) {
            means.presence().names().stream().filter(entry::covers).forEach(this::job);
        } else {
            job(entry.stream());
        }
    }

    private Job job(String stream) {
        return jobs.computeIfAbsent(stream, s -> new Job(means, entry, s, dirty));
    }

    void edit(Entry next) {
        entry = next;
        isOver = false;
        for (Job job : List.copyOf(jobs.values())) {
            if (next.problem().isEmpty() && next.covers(job.stream())) {
                job.edit(next);
            } else {
                jobs.remove(job.stream());
                job.end(next.problem().isEmpty() ? "its entry is for other streams now" : "its entry cannot work any more: " + next.problem());
            }
        }
        cover();
        clock();
    }

    /** Its bounds in time, looked at again at each of them and whenever somebody set the clock. */
    private void clock() {
        quiet();
        Instant now = means.clock().now();
        String bar = bar(now);
        jobs.values().forEach(j -> j.bar(bar));
        if (!entry.problem().isEmpty()) {
            return;
        }
        if (!now.isBefore(entry.until())) {
            if (!isOver) {
                isOver = true;
                over.accept(this);
            }
            return;
        }
        Instant next = now.isBefore(entry.from()) ? entry.from() : entry.until();
        if (!next.equals(Instant.MAX)) {
            alarm = means.clock().at(next, this::clock);
        }
    }

    private void quiet() {
        try {
            alarm.close();
        } catch (Exception e) {
            LOG.warn("an alarm of {} cannot be taken back", entry, e);
        }
    }

    private String bar(Instant now) {
        if (!entry.problem().isEmpty()) {
            return entry.problem();
        }
        if (!now.isBefore(entry.until())) {
            return "over since " + entry.config().until();
        }
        return !entry.config().enabled() ? "switched off" : now.isBefore(entry.from()) ? "not before " + entry.config().from() : "";
    }

    void streamIs(String stream, State state) {
        if (!entry.problem().isEmpty() || !entry.covers(stream)) {
            return;
        }
        boolean known = jobs.containsKey(stream);
        if (known || state != State.OFFLINE) {
            Job job = job(stream);
            if (!known) {
                job.bar(bar(means.clock().now()));
            }
            job.streamIs(state);
            sweep(job);
        }
    }

    void told(Output output) {
        for (Job job : jobs.values()) {
            job.told(output);
            sweep(job);
        }
    }

    /** Of a pattern only streams that are there are listed, and those that are still written. */
    private void sweep(Job job) {
        if (entry.pattern() && job.idle() && means.presence().state(job.stream()) == State.OFFLINE) {
            jobs.remove(job.stream());
            job.end("");
        }
    }

    boolean stopByHand(String id) {
        return jobs.values().stream().anyMatch(j -> j.stopByHand(id));
    }

    void again() {
        jobs.values().forEach(Job::again);
    }

    /** @param reason why its pushes end, or "" when they go on without this engine */
    void end(String reason) {
        quiet();
        jobs.values().forEach(j -> j.end(reason));
        jobs.clear();
    }

    List<PushState> report() {
        return jobs.values().stream().map(Job::report).toList();
    }
}
