package io.sluice.itests.sessions;

import io.sluice.testkit.SluiceServer;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the shell's {@code sluice:sessions} says. */
final class Listed {
    private final SluiceServer server;

    Listed(SluiceServer server) {
        this.server = server;
    }

    /** A row each of those that are here; {@code rows("address 127.0.0.2")}. */
    List<String> rows(String which) throws IOException {
        return table("list " + which);
    }

    /** A row each of those that were. */
    List<String> ended(String which) throws IOException {
        return table("ended " + which);
    }

    private List<String> table(String command) throws IOException {
        List<String> lines = server.shell("sluice:sessions " + command).lines().toList();
        return lines.get(0).startsWith("SESSION") ? lines.subList(1, lines.size()) : List.of();
    }

    /** The whole id of the only one. */
    String id(String which) throws IOException {
        Matcher id = Pattern.compile("^SESSION +(\\S+)").matcher(server.shell("sluice:sessions show " + which));
        if (!id.find()) {
            throw new AssertionError("no session of " + which);
        }
        return id.group(1);
    }

    /** A figure of the first of some, such as "bytes out". */
    long figure(String which, String name) throws IOException {
        return server.shell("sluice:sessions show " + which).lines().filter(l -> l.startsWith(name + "  ")).map(l -> Long.parseLong(l.substring(name.length()).strip())).findFirst()
            .orElse(-1L);
    }

    /** Sessions, bytes in and bytes out of viewers, ended ones included. */
    long[] viewers(String which) throws IOException {
        String row = server.shell("sluice:sessions total " + which).lines().filter(l -> l.startsWith("VIEWER")).findFirst().orElseThrow();
        String[] words = row.split(" +");
        return new long[] {Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3])};
    }
}
