package io.sluice.format.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How each process begins: in a session of its own, with its mark, and without the server's secrets. */
final class ProcessStart {
    private ProcessStart() {
    }

    /** @param environment added to the server's own, of which names that begin with "SLUICE_" are left out: keys and passwords are among them */
    static ProcessBuilder of(List<String> command, Map<String, String> environment, Path directory, MarkedProcesses marked, String mark) {
        List<String> words = new ArrayList<>(ProcessGroup.PREFIX);
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
        Map<String, String> own = builder.environment();
        own.keySet().removeIf(name -> name.startsWith("SLUICE_"));
        own.putAll(environment);
        own.put(marked.variable(), mark);
        return builder;
    }
}
