package io.sluice.streams.internal.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.trigger.TriggerAnswer;
import io.sluice.api.trigger.TriggerEvent;
import io.sluice.api.trigger.Triggers;
import io.sluice.streams.internal.Elected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ConfigEventsTest {
    private final List<String> asked = new ArrayList<>();
    private final List<String> applied = new ArrayList<>();
    private CompletableFuture<TriggerAnswer> answer = CompletableFuture.completedFuture(TriggerAnswer.UNASKED);
    private final Elected<Triggers> engine = new Elected<>();
    private final ConfigEvents<String> configs = new ConfigEvents<>(new Events(engine), c -> "{" + c + "}", all -> applied.add(new TreeMap<>(all).toString()));

    private void elect() {
        Triggers triggers = new Triggers() {
            @Override
            public boolean wants(String type, String stream) {
                return true;
            }

            @Override
            public CompletionStage<TriggerAnswer> ask(TriggerEvent event) {
                asked.add(event.type() + " " + event.payload().replace('\n', ' '));
                return answer;
            }

            @Override
            public void tell(TriggerEvent event) {
                asked.add(event.type());
            }
        };
        engine.elected(Triggers.NAME, null, new Plugin<>() {
            @Override
            public Triggers service() {
                return triggers;
            }

            @Override
            public String name() {
                return Triggers.NAME;
            }

            @Override
            public Map<String, Object> properties() {
                return Map.of();
            }

            @Override
            public String bundle() {
                return "triggers 1";
            }

            @Override
            public AutoCloseable use() {
                return () -> { };
            }
        });
    }

    private void no() {
        answer = CompletableFuture.completedFuture(new TriggerAnswer(false, "no", "the test"));
    }

    @Test
    void eachChangeIsAskedForAndOnlyWhatChanged() {
        configs.configured(Map.of("a", "1"));
        elect();
        configs.configured(Map.of("a", "1", "b", "1"));
        configs.configured(Map.of("a", "2", "b", "1"));
        configs.configured(Map.of("b", "1"));
        assertEquals(List.of("STREAM_ADD b {1}", "STREAM_CONFIG a {2}", "STREAM_REMOVE a"), asked);
        assertEquals(List.of("{a=1}", "{a=1, b=1}", "{a=2, b=1}", "{b=1}"), applied);
    }

    @Test
    void whatIsRefusedStaysAsItWas() {
        configs.configured(Map.of("a", "1"));
        elect();
        no();
        configs.configured(Map.of("a", "2", "b", "1"));
        configs.configured(Map.of("a", "2", "b", "1"));
        configs.configured(Map.of());
        assertEquals(List.of("{a=1}"), applied);
        assertEquals(3, asked.size(), asked::toString);
    }

    @Test
    void anAnswerThatComesTooLateDoesNotCount() {
        elect();
        answer = new CompletableFuture<>();
        CompletableFuture<TriggerAnswer> first = answer;
        configs.configured(Map.of("a", "1"));
        answer = new CompletableFuture<>();
        configs.configured(Map.of("a", "2"));
        first.complete(TriggerAnswer.UNASKED);
        assertEquals(List.of(), applied);
        answer.complete(TriggerAnswer.UNASKED);
        assertEquals(List.of("{a=2}"), applied);
    }
}
