package io.sluice.admin.shell.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs the client as its main method would, and keeps what it printed. */
public final class ShellClientDriver {
    public record Answer(int status, String out, String err) {
    }

    private ShellClientDriver() {
    }

    public static Answer ask(String path, String input, String... command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> args = new ArrayList<>(List.of(path));
        args.addAll(List.of(command));
        int status = ShellClient.run(args.toArray(new String[0]), new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), new PrintStream(out, true),
            new PrintStream(err, true));
        return new Answer(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
