package io.sluice.push.variable.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.push.PushCondition;
import io.sluice.testkit.push.Conditions;
import io.sluice.testkit.push.SeenSwitch;
import io.sluice.testkit.push.TurnedClock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariableTriggerTest {
    private final TurnedClock clock = new TurnedClock("2026-11-22T20:14:30Z");
    private final SetVariables variables = new SetVariables();
    private final Election election = new Election();
    private final VariableTrigger trigger = new VariableTrigger(election);
    private final SeenSwitch state = new SeenSwitch();

    @BeforeEach
    void elect() {
        election.elect(variables);
    }

    private PushCondition condition(String... parameters) {
        return Conditions.of("variable", clock, parameters);
    }

    private AutoCloseable watch(String... parameters) {
        return trigger.watch(condition(parameters), state);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "is-true|0|1||on", "is-true|0|yes||on", "is-true|0|True||on", "is-true|0| t r u e ||on", "is-true|0|Continue||on", "is-true|0|10||on", "is-true|0|0||off", "is-true|0|on||off",
        "is-true|0|false||off", "is-true|0|no||off", "is-false|1|0||on", "is-false|1|1||off", "is-false|1|no||on",
        "equal|2|north|north|on", "equal|2|North|north|off", "equal|2|1|1.0|off", "not-equal|3|north|north|off", "not-equal|3|south|north|on",
        "greater|10|10|9|on", "greater|10|9|10|off", "greater|10|10|10|off", "greater|10|9223372036854775807|9223372036854775806|on", "greater|10|-1|-2|on",
        "greater-or-equal|11|10|10|on", "greater-or-equal|11|9|10|off", "less|12|9|10|on", "less|12|10|9|off", "less|12|-9223372036854775808|0|on", "less-or-equal|13|10|10|on",
        "less-or-equal|13|11|10|off", "greater|10|abc|10|unknown", "greater|10|2.5|2|on",
        "after|20|9|10|on", "after|20|10|9|off", "after-or-equal|21|9|9|on", "after-or-equal|21|10|9|off", "before|22|10|9|on", "before|22|9|10|off", "before-or-equal|23|9|9|on",
        "before-or-equal|23|9|10|off", "after|20|é|z|on"})
    void operatorsAreThoseOfMistServer(String word, String number, String value, String other, String expected) {
        variables.set("v", value);
        for (String operator : List.of(word, number)) {
            watch(other == null ? new String[] {"name=v", "operator=" + operator} : new String[] {"name=v", "operator=" + operator, "value=" + other});
            assertEquals(expected, state.state(), state.why());
        }
    }

    @Test
    void shortFormsMeanTheSame() {
        variables.set("v", "north");
        watch("name=v", "value=north");
        assertEquals("on: $v is north, equal to north", state.state() + ": " + state.why());
        watch("name=$v");
        assertEquals("off: $v is north, which is not true", state.state() + ": " + state.why());
        watch("name=${v}", "is=false");
        assertEquals("on", state.state());
        watch("name=v", "operator=!=", "value=north");
        assertEquals("off: $v is north, not other than north", state.state() + ": " + state.why());
    }

    @Test
    void eachChangeIsFollowedBeforeTheCallReturnsAndOtherVariablesAreNot() throws Exception {
        variables.set("onair", "0");
        AutoCloseable watch = watch("name=onair");
        variables.set("onair", "1");
        assertEquals("on: $onair is 1, which is true", state.state() + ": " + state.why());
        int asked = variables.asked;
        variables.set("other", "1");
        assertEquals(asked, variables.asked);
        variables.set("onair", "0");
        assertEquals(List.of("off", "on", "off"), state.turns());
        watch.close();
        variables.set("onair", "1");
        assertEquals("off", state.state());
    }

    @Test
    void aVariableThatGoesIsUnknownAndComesBackByItself() {
        watch("name=onair");
        assertEquals("unknown: no variable is named onair", state.state() + ": " + state.why());
        variables.set("onair", "1");
        variables.set("onair", null);
        assertEquals("unknown: no variable is named onair", state.state() + ": " + state.why());
        variables.set("onair", "1");
        assertEquals(List.of("unknown", "on", "unknown", "on"), state.turns());
    }

    @Test
    void theOtherValueIsExpandedAndFollowed() {
        variables.set("studio", "north");
        variables.set("wanted", "$best");
        variables.set("best", "south");
        watch("name=studio", "value=$wanted");
        assertEquals("off: $studio is north, not equal to south ($wanted)", state.state() + ": " + state.why());
        variables.set("best", "north");
        assertEquals("on", state.state());
        variables.set("wanted", "west");
        assertEquals("off", state.state());
        variables.set("best", "west");
        variables.set("wanted", null);
        assertEquals("unknown", state.state());
        assertTrue(state.why().startsWith("'value': "), state.why());
    }

    @Test
    void aStaticVariableThatNamesOthersIsFollowedThroughThem() {
        variables.set("onair", "${red}");
        variables.set("red", "0");
        watch("name=onair");
        assertEquals("off", state.state());
        variables.set("red", "1");
        assertEquals("on", state.state());
    }

    @Test
    void theTimeOfDayIsLookedAtWhenItMayHaveChanged() throws Exception {
        variables.set("hour", "20"); // built in, so nobody is told
        variables.set("v", "21");
        AutoCloseable watch = watch("name=v", "operator=equal", "value=$hour");
        assertEquals("off", state.state());
        variables.values.put("hour", "21");
        clock.goTo("2026-11-22T20:59:59Z");
        assertEquals(3, clock.wakes());
        assertEquals("on", state.state());
        watch.close();
        assertEquals(0, clock.waiting());
        assertEquals(Instant.parse("2026-11-22T20:15:00Z"), LocalTimes.next(Set.of("minute"), Instant.parse("2026-11-22T20:14:30Z")));
        assertEquals(Instant.parse("2026-11-22T20:14:31Z"), LocalTimes.next(Set.of("datetime", "hour"), Instant.parse("2026-11-22T20:14:30Z")));
    }

    @Test
    void anEngineThatIsReplacedStopsNothingAndTheNextOneCounts() {
        variables.set("onair", "1");
        watch("name=onair");
        election.elect((SetVariables) null);
        assertEquals(List.of("on"), state.turns());
        SetVariables next = new SetVariables();
        next.values.put("onair", "1");
        election.elect(next);
        assertEquals(List.of("on"), state.turns());
        next.set("onair", "0");
        assertEquals("off", state.state());
        variables.set("onair", "1");
        assertEquals("off", state.state());
        assertEquals(0, variables.listeners.size());
        trigger.close();
        assertEquals(0, next.listeners.size());
    }

    @Test
    void withoutAnEngineNothingIsKnown() {
        election.elect((SetVariables) null);
        watch("name=onair");
        assertEquals("unknown: nothing is known of variables: the bundle io.sluice.variables is not running", state.state() + ": " + state.why());
        election.elect(variables);
        assertEquals("no variable is named onair", state.why());
    }

    @Test
    void thePastIsWhatTheValuesWere() {
        long hour = 3_600_000;
        long noon = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();
        variables.set("onair", "0", noon - 30 * hour);
        variables.set("onair", "1", noon);
        variables.set("onair", "0", noon + hour);
        variables.set("onair", "yes", noon + 2 * hour);
        assertEquals(List.of("2026-11-21T20:14:30Z 2026-11-22T12:00:00Z false", "2026-11-22T12:00:00Z 2026-11-22T13:00:00Z true", "2026-11-22T13:00:00Z 2026-11-22T14:00:00Z false",
            "2026-11-22T14:00:00Z 2026-11-22T20:14:30Z true"), outlook("name=onair"));
        variables.changes.remove(0);
        assertEquals("2026-11-21T20:14:30Z 2026-11-22T12:00:00Z false", outlook("name=onair").get(0));
        assertEquals(List.of(), outlook("name=onair", "value=$hour"));
        assertEquals(List.of(), outlook("name=other"));
    }

    private List<String> outlook(String... parameters) {
        return trigger.outlook(condition(parameters), Instant.parse("2026-11-21T20:14:30Z"), Instant.parse("2026-11-29T20:14:30Z")).stream()
            .map(s -> s.from() + " " + s.to() + " " + s.on()).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"value=1|'name': the name of a variable was wanted", "name=a b|'name': the name of a variable, made of", "name=a;operator=4|'operator': one of is-true",
        "name=a;operator=equal|'value' is missing: equal needs", "name=a;operator=greater;value=ten|'value': a number was wanted", "name=a;is=1|'is': true or false was wanted",
        "name=a;is=true;value=1|'value' has no use", "name=a;is=true;operator=equal|'operator' has no use", "name=a;wert=1|'wert' is no parameter of variable"})
    void whatIsWrongIsNamed(String parameters, String expected) {
        String problem = trigger.problem(condition(parameters.split(";")));
        assertTrue(problem.startsWith(expected), problem);
    }

    @Test
    void ofAThousandConditionsOnlyThoseAreLookedAtThatAChangeConcerns() {
        for (int i = 0; i < 1000; i++) {
            variables.values.putIfAbsent("v" + i % 200, "0");
            trigger.watch(condition("name=v" + i % 200), state);
        }
        int asked = variables.asked;
        variables.set("v7", "1");
        assertEquals(5 * 2, variables.asked - asked);
        assertEquals("on", state.state());
    }
}
