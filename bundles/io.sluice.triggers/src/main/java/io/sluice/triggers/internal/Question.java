package io.sluice.triggers.internal;

import io.sluice.api.trigger.TriggerAnswer;
import io.sluice.api.trigger.TriggerType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Several handlers are asked at once. A decision is yes when all say so, and no with the first no. A text is that of the last handler, in the order of the configurations' PIDs, that gave
 * one. Any thread.
 */
final class Question {
    private final TriggerType type;
    private final List<Call> calls;
    private final AtomicInteger left;
    private final CompletableFuture<TriggerAnswer> result = new CompletableFuture<>();

    Question(TriggerType type, List<Call> calls) {
        this.type = type;
        this.calls = calls;
        left = new AtomicInteger(calls.size());
        calls.forEach(call -> call.answer().thenAccept(answer -> answered(call, answer)));
        result.whenComplete((answer, e) -> {
            if (result.isCancelled()) {
                calls.forEach(Call::abandon);
            }
        });
    }

    CompletableFuture<TriggerAnswer> result() {
        return result;
    }

    private void answered(Call call, Call.Answer answer) {
        boolean last = left.decrementAndGet() == 0;
        if (type.answer() == TriggerType.Answer.DECISION && !Verdict.agrees(type, answer.text())) {
            result.complete(new TriggerAnswer(false, answer.text(), call.trigger().config().toString()));
        } else if (last) {
            result.complete(all());
        }
    }

    private TriggerAnswer all() {
        Call decisive = null;
        for (Call call : calls) {
            decisive = call.answer().join().text() != null ? call : decisive;
        }
        if (decisive == null) {
            return TriggerAnswer.UNASKED;
        }
        String text = Verdict.text(type, decisive.answer().join().text());
        boolean yes = Verdict.agrees(type, text);
        return new TriggerAnswer(yes, text, yes ? "" : decisive.trigger().config().toString());
    }
}
