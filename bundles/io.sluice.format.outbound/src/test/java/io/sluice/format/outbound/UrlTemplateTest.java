package io.sluice.format.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlTemplateTest {
    private static final Map<String, String> VALUES = Map.of("a", "x y/../z?q=1&r#s%ö", "n", "studio-1", "up", "..", "host", "cam.example:81", "bad", "evil.example/?", "user", "u@evil",
        "base", "https://b.example/api", "d", "");

    @ParameterizedTest
    @CsvSource({"http://h/p/$n.json?k=$n, http://h/p/studio-1.json?k=studio-1", "http://h/$a/b, http://h/x%20y%2F..%2Fz%3Fq%3D1%26r%23s%25%C3%B6/b",
        "http://h/p?k=${a}&l=2, http://h/p?k=x%20y%2F..%2Fz%3Fq%3D1%26r%23s%25%C3%B6&l=2", "http://$host/p, http://cam.example:81/p", "$base/p?$n=1, https://b.example/api/p?studio-1=1",
        "${base:-http://x/y?z}/q, https://b.example/api/q", "http://h/a%20b/c?d=%41#frag, http://h/a%20b/c?d=%41", "http://h, http://h", "http://h?x=$d, http://h?x="})
    void valuesStayInTheirPlace(String template, String url) {
        assertEquals(url, UrlTemplate.expand(template, UrlTemplateTest::expansion).toString());
    }

    @ParameterizedTest
    @CsvSource({"http://$bad/p, 'a host was wanted, ''evil.example/?'' was found'", "http://$user/p, 'a host was wanted, ''u@evil'' was found'",
        "http://h/$up/x, 'a value leads out of the path: ''..'''", "http://h/$nobody, unknown $nobody", "http://h/a b, it is no URL: Illegal character in path"})
    void whatWouldBecomeMoreIsRefused(String template, String why) {
        assertEquals(why, assertThrows(IllegalArgumentException.class, () -> UrlTemplate.expand(template, UrlTemplateTest::expansion)).getMessage());
    }

    private static String expansion(String template) {
        String text = template;
        for (Map.Entry<String, String> value : VALUES.entrySet()) {
            text = text.replaceAll("\\$\\{" + value.getKey() + "(:-[^}]*)?\\}|\\$" + value.getKey() + "\\b", java.util.regex.Matcher.quoteReplacement(value.getValue()));
        }
        if (text.contains("$nobody")) {
            throw new IllegalArgumentException("unknown $nobody");
        }
        return text;
    }
}
