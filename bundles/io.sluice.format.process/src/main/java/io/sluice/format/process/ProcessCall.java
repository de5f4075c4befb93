package io.sluice.format.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to run.
 *
 * @param command       the program, looked up in PATH if it holds no slash, and its arguments; no shell reads them
 * @param environment   added to the server's own, of which names that begin with "SLUICE_" are left out: keys and passwords are among them
 * @param directory     to work in
 * @param input         given on standard input, which then ends; empty for none
 * @param timeoutMillis from the call, waiting for a free place included; after it the process gets SIGTERM and soon SIGKILL
 * @param maxBytes      of standard output; the process is killed when there is more
 */
public record ProcessCall(List<String> command, Map<String, String> environment, Path directory, byte[] input, long timeoutMillis, int maxBytes) {
    public ProcessCall {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
