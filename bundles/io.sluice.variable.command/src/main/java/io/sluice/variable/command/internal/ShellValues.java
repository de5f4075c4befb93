package io.sluice.variable.command.internal;

import io.sluice.api.variable.Expansion;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values that a shell script asks for, for its environment. The script itself reaches the shell as it is configured: a value in it would be read as program text.
 */
final class ShellValues {
    /** Names as POSIX shells know them; {@code $a.b} is the variable "a" to a shell. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)");
    /** What changes how a shell or the loader itself works, by whatever value; such a name keeps its meaning. */
    private static final Pattern RESERVED = Pattern.compile("PATH|IFS|ENV|BASH_ENV|SHELLOPTS|PS4|CDPATH|HOME|PWD|LD_.*|SLUICE_.*|MIST_.*");

    private ShellValues() {
    }

    /** Names without a value are left to the shell. */
    static Map<String, String> of(String script, Function<String, Expansion> expander) {
        Map<String, String> values = new HashMap<>();
        Matcher matcher = REFERENCE.matcher(script);
        while (matcher.find()) {
            String name = matcher.group(1);
            if (!RESERVED.matcher(name).matches()) {
                Expansion expansion = expander.apply("${" + name + "}");
                if (expansion.problem().isEmpty()) {
                    values.put(name, expansion.text());
                }
            }
        }
        return values;
    }
}
