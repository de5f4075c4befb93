package io.sluice.triggers.internal;

import static io.sluice.triggers.internal.House.trigger;
import static io.sluice.triggers.internal.House.userNew;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.api.trigger.TriggerCall;
import io.sluice.api.trigger.TriggerEvent;
import io.sluice.api.trigger.TriggerReply;
import io.sluice.testkit.Await;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What handlers and listeners are told. */
class PayloadTest {
    private final House house = new House();
    private final ConcurrentLinkedQueue<TriggerCall> calls = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        house.close();
    }

    private TriggerCall told(TriggerEvent event, String format) {
        house.handler("hook", call -> {
            calls.add(call);
            return CompletableFuture.completedFuture("1");
        });
        house.with(trigger("1", event.type(), "hook").format(format).parameter("color=red").parameter(" size = a=b").defaults("maybe"));
        house.engine.tell(event);
        Await.until("it is told", Duration.ofSeconds(20), () -> !calls.isEmpty());
        return calls.poll();
    }

    @Test
    void plainIsAValueALineWithoutALineBreakAtTheEnd() {
        TriggerCall call = told(userNew("a"), "plain");
        assertEquals("a\n192.0.2.1\nt\nHLS\nhttp://h/\n5", call.payload());
        assertEquals(List.of("red", "a=b", "maybe"), List.of(call.parameters().get("color"), call.parameters().get("size"), call.defaultAnswer()));
        assertFalse(call.question());
    }

    /** Section 7.2 and 3.3 of the inventory: what handlers of pushes and recordings that exist already read. */
    @Test
    void pushesAndRecordingsHaveTheLinesThatHandlersExpect() {
        assertEquals("show\nrtmp://example.net/live/copy", example("PUSH_OUT_START"));
        assertEquals("7\nshow\nrtmp://example.net/live/$stream\nrtmp://example.net/live/show\n[]\n{}", example("PUSH_END"));
        assertEquals("show\n/srv/show.ts\nTS\n1000000\n60\n1700000000\n1700000060\n60000\n0\n60000\n", example("RECORDING_END"));
    }

    private String example(String type) {
        Map<String, String> fields = new LinkedHashMap<>();
        new TypeTable().of(type).fields().forEach(f -> fields.put(f.name(), f.example()));
        return told(new TriggerEvent(type, "show", fields), "plain").payload();
    }

    @Test
    void noValueCanForgeALine() {
        assertEquals("a b\nc d\ne", TriggerEvent.of("X", "", "one", "a\nb", "two", "c\r\nd", "three", "e\n").payload());
    }

    @Test
    void jsonHasNamesAndNumbers() throws Exception {
        TriggerCall call = told(TriggerEvent.of("STREAM_BUFFER", "a", "stream", "a\"\n", "state", "DRY", "health", "{\"issues\": [\"x\"]}"), "json");
        JsonNode json = new ObjectMapper().readTree(call.payload());
        assertEquals("STREAM_BUFFER", json.path("event").asText());
        assertEquals(call.id(), json.path("id").asText());
        assertEquals(call.atMillis(), json.path("timeMillis").asLong());
        assertEquals("a\"\n", json.path("fields").path("stream").asText());
        assertEquals("x", json.path("fields").path("health").path("issues").path(0).asText());
    }

    @Test
    void whatIsNoNumberOrJsonIsWrittenAsText() throws Exception {
        TriggerCall end = told(TriggerEvent.of("PUSH_END", "a", "logs", "[1} , \"evil\": [", "status", "{} {}"), "json");
        JsonNode fields = new ObjectMapper().readTree(end.payload()).path("fields");
        assertEquals("[1} , \"evil\": [", fields.path("logs").asText());
        assertEquals("{} {}", fields.path("status").asText());
        JsonNode numbers = new ObjectMapper().readTree(JsonPayload.of(TriggerEvent.of("STREAM_END", "a", "viewers", "12", "bytesIn", "1,\"x\":2"), new TypeTable().of("STREAM_END"), "i", 0)).path("fields");
        assertTrue(numbers.path("viewers").isInt());
        assertEquals("1,\"x\":2", numbers.path("bytesIn").asText());
    }

    @Test
    void everyTypeHasFieldsWithExamplesOfTheirForm() throws Exception {
        assertEquals(29, house.engine.types().size());
        for (var type : house.engine.types()) {
            TriggerEvent event = new TriggerEvent(type.name(), "show", type.fields().stream().collect(java.util.stream.Collectors.toMap(f -> f.name(), f -> f.example())));
            JsonNode fields = new ObjectMapper().readTree(JsonPayload.of(event, type, "i", 0)).path("fields");
            for (var field : type.fields()) {
                JsonNode value = fields.path(field.name());
                assertTrue(switch (field.form()) {
                    case NUMBER -> value.isNumber();
                    case JSON -> value.isContainerNode();
                    default -> value.isTextual() && !value.asText().isEmpty();
                }, type.name() + " " + field);
            }
        }
    }

    @Test
    void eachEventHasANumberOfItsOwn() {
        assertNotEquals(told(userNew("a"), "plain").id(), told(userNew("a"), "plain").id());
    }

    @Test
    void aSampleReachesTheHandlerWhateverTheFiltersSayAndIsNotCounted() throws Exception {
        house.says("hook", "no way");
        house.with(trigger("1", "USER_NEW", "hook").streams("other"));
        TriggerReply reply = house.engine.sample("1", userNew("a")).toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertEquals("no way", reply.text());
        assertEquals("no: the viewer is refused", reply.meaning());
        assertEquals(0, house.counts("1").asked());
        assertTrue(house.engine.sample("2", userNew("a")).toCompletableFuture().get(20, TimeUnit.SECONDS).meaning().contains("no trigger"));
    }

    @Test
    void aListenerThatIsSlowMissesEventsAndDelaysNobody() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        ConcurrentLinkedQueue<String> slow = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<String> quick = new ConcurrentLinkedQueue<>();
        house.audience.add(event -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            slow.add(event.stream());
        }, "slow");
        house.audience.add(event -> {
            quick.add(event.stream());
            throw new IllegalStateException("a listener that fails hears the next event all the same");
        }, "quick");
        assertTrue(house.engine.wants("ANY", "thing"));
        for (int i = 0; i < 10; i++) {
            String stream = "s" + i;
            int before = quick.size();
            house.engine.tell(userNew(stream));
            Await.until(stream + " is heard", Duration.ofSeconds(20), () -> quick.size() == before + 1);
        }
        assertEquals(IntStream.range(0, 10).mapToObj(i -> "s" + i).toList(), List.copyOf(quick));
        go.countDown();
        Await.until("the slow one hears what it had room for, in order", Duration.ofSeconds(20), () -> List.copyOf(slow).equals(List.of("s0", "s1", "s2", "s3")));
    }
}
