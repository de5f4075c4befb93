package io.sluice.format.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplateTest {
    private static final String HOSTILE = "../../etc/passwd";

    @ParameterizedTest
    @CsvSource({"a/b.txt, a/b.txt", "/a//b/, /a//b/", "x/$n.txt, x/one two.txt", "$base/now, /srv/files/now", "${base:-/x/y}/now, /srv/files/now", "x/${n}..txt, x/one two..txt"})
    void valuesStayInTheirStep(String template, String path) {
        assertEquals(path, PathTemplate.expand(template, PathTemplateTest::values));
    }

    @ParameterizedTest
    @CsvSource({"x/$evil, ../../etc/passwd", "x/$evil.txt, ../../etc/passwd.txt", "x/$up/y, ..", "/$up, ..", "/$evil, ../../etc/passwd"})
    void whatWouldLeaveItIsRefused(String template, String value) {
        String why = assertThrows(IllegalArgumentException.class, () -> PathTemplate.expand(template, PathTemplateTest::values)).getMessage();
        assertEquals("a file or folder's name was wanted for '" + template.split("/")[1] + "', '" + value + "' was found", why);
    }

    private static String values(String step) {
        return step.replaceAll("\\$\\{base:-[^}]*}|\\$base", "/srv/files").replaceAll("\\$\\{n}|\\$n", "one two").replace("$evil", HOSTILE).replace("$up", "..");
    }
}
