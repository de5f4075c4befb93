package io.sluice.sessions.internal;

import io.sluice.api.trigger.TriggerAnswer;
import io.sluice.api.trigger.TriggerEvent;
import io.sluice.api.trigger.Triggers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Triggers that a test answers. */
final class Asked implements Triggers {
    final List<TriggerEvent> questions = new CopyOnWriteArrayList<>();
    final List<TriggerEvent> told = new CopyOnWriteArrayList<>();
    final List<CompletableFuture<TriggerAnswer>> answers = new CopyOnWriteArrayList<>();
    /** Null: the test answers by itself. */
    volatile Boolean always;

    @Override
    public boolean wants(String type, String stream) {
        return true;
    }

    @Override
    public CompletionStage<TriggerAnswer> ask(TriggerEvent event) {
        CompletableFuture<TriggerAnswer> answer = new CompletableFuture<>();
        answers.add(answer);
        questions.add(event);
        if (always != null) {
            answer(answers.size() - 1, always);
        }
        return answer;
    }

    void answer(int question, boolean yes) {
        answers.get(question).complete(new TriggerAnswer(yes, yes ? "true" : "false", yes ? "" : "the door"));
    }

    @Override
    public void tell(TriggerEvent event) {
        told.add(event);
    }
}
