package io.sluice.variable.command.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.variable.Expansion;
import io.sluice.api.variable.VariableRequest;
import io.sluice.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandSourceTest {
    @TempDir
    Path home;

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Map<String, String> values = new HashMap<>();
    private CommandSource source;

    @BeforeEach
    void begin() {
        source = new CommandSource(home, 4);
    }

    @AfterEach
    void end() {
        source.close();
        workers.shutdownNow();
    }

    @Test
    void theValueIsWhatTheCommandPrints() throws Exception {
        assertEquals("Studio 1\n", value(Map.of("target", "echo 'Studio 1'")));
    }

    @Test
    void valuesStayWithinTheirWord() throws Exception {
        values.put("v", "a b' \"c\" $(id) ; rm -rf * $other\n-");
        assertEquals("[a b' \"c\" $(id) ; rm -rf * $other\n-][xa b' \"c\" $(id) ; rm -rf * $other\n-y][$v][$v]", value(Map.of("target", "printf '[%s]' $v x${v}y '$v' \\$v")));
    }

    @Test
    void anEmptyValueIsAWordToo() throws Exception {
        values.put("v", "");
        assertEquals("[][x]", value(Map.of("target", "printf '[%s]' $v x")));
    }

    @Test
    void argumentsAsAListAreNotTakenApart() throws Exception {
        values.put("v", "1 2");
        assertEquals("[a 'b][1 2]", value(Map.of("target", "printf", "argument.1", "[%s]", "argument.2", "a 'b", "argument.3", "$v")));
    }

    @Test
    void aShellGetsValuesThroughItsEnvironmentOnly() throws Exception {
        values.put("v", "$(echo broken) `echo broken` ; echo broken \" '");
        values.put("PATH", "/nowhere");
        assertEquals("<" + values.get("v") + ">x\n", value(Map.of("target", "echo \"<${v}>$(printf %s x)\"; ls $unknown /dev/null/none 2>/dev/null || true; test -n \"$PATH\"", "shell", "true")));
    }

    @Test
    void theVariablesNameIsInTheEnvironment() throws Exception {
        assertEquals("studio studio\n", value(Map.of("target", "echo $SLUICE_VARIABLE $MIST_CUSTOM_VARIABLE", "shell", "true")));
    }

    @Test
    void itWorksInTheHomeOrAFolderOfIt() throws Exception {
        Files.createDirectory(home.resolve("sub"));
        assertEquals(home.toRealPath() + "\n", value(Map.of("target", "pwd")));
        assertEquals(home.resolve("sub").toRealPath() + "\n", value(Map.of("target", "pwd", "directory", "sub")));
        Files.createSymbolicLink(home.resolve("out"), Path.of("/"));
        for (String elsewhere : new String[] {"..", "/tmp", "out", "missing", "a\0b"}) {
            assertTrue(failure(Map.of("target", "pwd", "directory", elsewhere)).startsWith("'directory': a folder in the server's home"));
        }
    }

    @Test
    void aNonZeroExitIsAFailureWithTheFirstLineOfErrors() {
        assertEquals("it ended with exit code 7: no such room", failure(Map.of("target", "echo value; echo no such room >&2; echo more >&2; exit 7", "shell", "true")));
        assertEquals("it ended with exit code 1", failure(Map.of("target", "false")));
    }

    @Test
    void outputIsCutAtTheVariablesLimit() throws Exception {
        assertEquals("y\n".repeat(64), value(Map.of("target", "yes")));
    }

    @Test
    void inputIsEmpty() throws Exception {
        assertEquals("0\n", value(Map.of("target", "wc -c")));
    }

    @Test
    void whatTakesTooLongIsKilled() throws Exception {
        VariableRequest request = request(Map.of("target", "echo $$ > pid; sleep 1000", "shell", "true"), 700);
        String why = assertThrows(ExecutionException.class, () -> source.read(request).toCompletableFuture().get(30, TimeUnit.SECONDS)).getCause().getMessage();
        assertEquals("it did not end within 700 ms and was killed", why);
        gone();
    }

    @Test
    void theEngineCancelsItByItsStage() throws Exception {
        CompletableFuture<String> value = source.read(request(Map.of("target", "echo $$ > pid; sleep 1000", "shell", "true"), 60_000)).toCompletableFuture();
        started();
        value.cancel(true);
        gone();
    }

    @Test
    void allEndsWithTheBundle() throws Exception {
        source.read(request(Map.of("target", "echo $$ > pid; sleep 1000", "shell", "true"), 60_000));
        started();
        source.close();
        gone();
        assertEquals("commands are no longer run", failure(Map.of("target", "true")));
    }

    @Test
    void wrongParametersAreNamedBeforeAnythingRuns() {
        assertEquals("", problem(Map.of("target", "echo $later", "shell", "true")));
        assertEquals("", problem(Map.of("target", "echo $later")));
        assertTrue(problem(Map.of()).startsWith("'target' is empty"));
        assertEquals("'target': an apostrophe is not closed: 'b", problem(Map.of("target", "a 'b")));
        assertTrue(problem(Map.of("target", "a", "shell", "yes")).startsWith("'shell': true or false"));
    }

    @Test
    void anUnknownVariableIsAFailure() {
        assertEquals("'target': unknown $nobody", failure(Map.of("target", "echo $nobody")));
    }

    private void started() {
        Await.until("started", Duration.ofSeconds(10), () -> Files.exists(home.resolve("pid")) && Files.size(home.resolve("pid")) > 0);
    }

    private void gone() {
        Await.until("gone", Duration.ofSeconds(20), () -> !ProcessHandle.of(Long.parseLong(Files.readString(home.resolve("pid")).strip())).map(ProcessHandle::isAlive).orElse(false));
        assertFalse(Files.exists(home.resolve("never")));
    }

    private String value(Map<String, String> parameters) throws Exception {
        return source.read(request(parameters, 30_000)).toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private String failure(Map<String, String> parameters) {
        return assertThrows(ExecutionException.class, () -> value(parameters)).getCause().getMessage();
    }

    private String problem(Map<String, String> parameters) {
        return source.problem(request(parameters, 1000));
    }

    private VariableRequest request(Map<String, String> parameters, long timeoutMillis) {
        return new VariableRequest("studio", parameters, parameters, this::expand, timeoutMillis, 128, workers);
    }

    /** A stand-in for the engine's expander. */
    private Expansion expand(String template) {
        StringBuilder text = new StringBuilder();
        java.util.regex.Matcher m = java.util.regex.Pattern.compile("\\$\\$|\\$\\{(\\w+)\\}|\\$(\\w+)").matcher(template);
        String problem = "";
        while (m.find()) {
            String name = m.group(1) != null ? m.group(1) : m.group(2);
            String value = name == null ? "$" : values.get(name);
            problem = value == null ? "unknown $" + name : problem;
            m.appendReplacement(text, java.util.regex.Matcher.quoteReplacement(value == null ? m.group() : value));
        }
        return new Expansion(m.appendTail(text).toString(), problem);
    }
}
