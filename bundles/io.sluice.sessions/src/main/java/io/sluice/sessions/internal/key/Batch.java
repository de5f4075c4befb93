package io.sluice.sessions.internal.key;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/** Many connections that are in already are identified again, one after another on a thread that may get stuck; then plain fields have the rest. */
public final class Batch<T> implements Runnable {
    /** @param subject whose facts they are */
    public record Item<T>(T subject, ConnectionFacts facts, ConnectionKind kind) {
    }

    private final Identifier identifier;
    private final List<Item<T>> items;
    private final Keyed[] answers;
    private final Runnable finished;
    private volatile int answered;
    private volatile long itemSinceNanos = System.nanoTime();
    private volatile boolean abandoned;

    /** @param finished called on the thread that ended it */
    public Batch(Identifier identifier, List<Item<T>> items, Runnable finished) {
        this.identifier = identifier;
        this.items = items;
        this.answers = new Keyed[items.size()];
        this.finished = finished;
    }

    public Batch<T> start() {
        try {
            identifier.threads().execute(this);
        } catch (RejectedExecutionException e) {
            abandoned = true;
        }
        return this;
    }

    @Override
    public void run() {
        for (int i = 0; i < answers.length && !abandoned; i++) {
            itemSinceNanos = System.nanoTime();
            answers[i] = identifier.again(items.get(i).facts(), items.get(i).kind());
            answered = i + 1;
        }
        finished.run();
    }

    /** Whether the answers are all there. One that does not get on is given up here. */
    public boolean over() {
        if (answered < answers.length && !abandoned && System.nanoTime() - itemSinceNanos > identifier.deadlineMillis() * 1_000_000) {
            abandoned = true;
            identifier.stuck();
        }
        return abandoned || answered == answers.length;
    }

    public List<Item<T>> items() {
        return items;
    }

    /** Once it is over: never null. */
    public Keyed answer(int item) {
        Keyed answer = item < answered ? answers[item] : null;
        return answer != null ? answer : identifier.plainly(items.get(item).facts(), items.get(item).kind());
    }
}
