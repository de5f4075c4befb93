package io.sluice.itests.sessions;

import io.sluice.testkit.client.Program;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One request of a real curl, on a connection of its own.
 *
 * @param status of the answer
 * @param head   its lines before the body
 * @param body   its text
 */
record Curl(int status, String head, String body) {
    static Curl get(URI uri, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "-i", "-g", "--http1.1", "--max-time", "20"));
        command.addAll(List.of(more));
        command.add(uri.toString());
        String all = Program.start(command).output(Duration.ofSeconds(30)).replace("\r", "") + "\n\n";
        int empty = all.indexOf("\n\n");
        if (!all.startsWith("HTTP/1.1 ")) {
            throw new IOException("an answer was wanted, this was found: " + all);
        }
        return new Curl(Integer.parseInt(all.substring(9, 12)), all.substring(0, empty), all.substring(empty + 2));
    }

    /** The value of a header, or "". */
    String header(String name) {
        return head.lines().filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2)).map(line -> line.substring(name.length() + 2)).findFirst().orElse("");
    }

    /** The first line of a playlist that is an address. */
    String entry() {
        return body.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).findFirst().orElse("");
    }
}
