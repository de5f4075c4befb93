package io.sluice.streams.internal;

import io.sluice.api.trigger.TriggerAnswer;
import io.sluice.api.trigger.TriggerEvent;
import io.sluice.api.trigger.Triggers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An engine of triggers that answers as it is told and remembers all that it heard. */
final class Answers implements Triggers {
    final List<TriggerEvent> heard = new CopyOnWriteArrayList<>();
    final Map<String, CompletableFuture<TriggerAnswer>> answers = new ConcurrentHashMap<>();

    Answers no(String type) {
        answers.put(type, CompletableFuture.completedFuture(new TriggerAnswer(false, "no", "the test")));
        return this;
    }

    Answers text(String type, String text) {
        answers.put(type, CompletableFuture.completedFuture(new TriggerAnswer(true, text, "")));
        return this;
    }

    /** Payloads of one type. */
    List<String> of(String type) {
        return heard.stream().filter(e -> e.type().equals(type)).map(e -> e.payload().replace('\n', '|')).toList();
    }

    @Override
    public boolean wants(String type, String stream) {
        return true;
    }

    @Override
    public CompletionStage<TriggerAnswer> ask(TriggerEvent event) {
        heard.add(event);
        return answers.getOrDefault(event.type(), CompletableFuture.completedFuture(TriggerAnswer.UNASKED));
    }

    @Override
    public void tell(TriggerEvent event) {
        heard.add(event);
    }
}
