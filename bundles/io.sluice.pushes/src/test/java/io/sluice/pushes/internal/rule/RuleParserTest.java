package io.sluice.pushes.internal.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RuleParserTest {
    private static String shape(Rule rule) {
        if (rule instanceof Rule.Condition c) {
            return c.type() + c.parameters();
        }
        if (rule instanceof Rule.Not not) {
            return "!" + shape(not.part());
        }
        boolean all = rule instanceof Rule.All;
        return "(" + String.join(all ? " & " : " | ", (all ? ((Rule.All) rule).parts() : ((Rule.Any) rule).parts()).stream().map(RuleParserTest::shape).toList()) + ")";
    }

    private static String wrong(String text) {
        return assertThrows(IllegalArgumentException.class, () -> RuleParser.parse(text)).getMessage();
    }

    @Test
    void notBindsClosestThenAnd() {
        assertEquals("(a{} | (b{} & !c{}))", shape(RuleParser.parse("a or b and not c")));
        assertEquals("((a{} | b{}) & !(c{} | d{}))", shape(RuleParser.parse("(a OR b) AND NOT (c or d)")));
        assertEquals("(a{} | b{} | c{})", shape(RuleParser.parse("a or b or c")));
        assertEquals("!!a{}", shape(RuleParser.parse("not not a")));
    }

    @Test
    void parametersAreTextUpToACommaOrInQuotes() {
        Rule.Condition c = (Rule.Condition) RuleParser.parse("time(days=mon-fri, from=20:00, zone = Europe/Amsterdam ,x=\"a, (b) \\\"c\\\"\", y='it\\'s', z=)");
        assertEquals(Map.of("days", "mon-fri", "from", "20:00", "zone", "Europe/Amsterdam", "x", "a, (b) \"c\"", "y", "it's", "z", ""), c.parameters());
        assertEquals("time(days=mon-fri, from=20:00, zone = Europe/Amsterdam ,x=\"a, (b) \\\"c\\\"\", y='it\\'s', z=)", c.text());
    }

    @Test
    void theEmptyRuleIsAlways() {
        assertEquals(Rule.ALWAYS, RuleParser.parse("  \n "));
    }

    @Test
    void aWordThatBeginsLikeAnOperatorIsACondition() {
        assertEquals("(notice{} & order{} & android{})", shape(RuleParser.parse("notice and order and android")));
    }

    @Test
    void errorsSayWhatAndWhere() {
        assertEquals("the rule is wrong at character 7, after \"a and\": a condition is wanted here, such as variable(name=onair, is=true)", wrong("a and "));
        assertEquals("the rule is wrong at character 3, after \"a\": \"and\" or \"or\" is wanted between two conditions", wrong("a b"));
        assertEquals("the rule is wrong at character 4, after \"(a\": ')' is wanted after what stands in parentheses, and the rule ends", wrong("(a "));
        assertTrue(wrong("a(x)").contains("'=' is wanted after the parameter x, and there is ')'"), wrong("a(x)"));
        assertTrue(wrong("a(x=1, x=2)").contains("character 8") && wrong("a(x=1, x=2)").contains("twice"));
        assertTrue(wrong("a(x=\"1)").contains("does not end"));
        assertTrue(wrong("a(x=1").contains("after the parameters of a"));
        assertTrue(wrong(") a").startsWith("the rule is wrong at character 1:"));
    }

    @Test
    void sizeAndDepthAreBounded() {
        assertTrue(wrong("(".repeat(17) + "a" + ")".repeat(17)).contains("16 deep"));
        assertTrue(wrong("not ".repeat(17) + "a").contains("16 deep"));
        RuleParser.parse("(".repeat(16) + "a" + ")".repeat(16));
        assertTrue(wrong("a or ".repeat(64) + "a").contains("64 conditions"));
        assertTrue(wrong("a".repeat(4097)).contains("4096"));
    }

    @Test
    void whatIsSecretIsNotShown() {
        Rule.Condition c = (Rule.Condition) RuleParser.parse("calendar(url=https://me:secret@example.com/x?token=hidden&a=1)");
        assertEquals("https://me:secret@example.com/x?token=hidden&a=1", c.parameters().get("url"));
        assertFalse(c.text().contains("secret") || c.text().contains("hidden"), c.text());
    }

    @Test
    void noTextMakesAnotherError() {
        Random random = new Random(6);
        String pieces = "a b ( ) ( ) and or not = , \" ' \\ x=1 é 😀 \n \0";
        String[] words = pieces.split(" ");
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(20); n > 0; n--) {
                text.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
            }
            try {
                RuleParser.parse(text.toString());
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().startsWith("the rule is wrong at character "), e.getMessage());
            }
        }
    }
}
