package io.sluice.sessions.internal.tell;

import io.sluice.api.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for each session that ended: nowhere, in the server's log, or in a file. One thread. */
public final class AccessLog {
    /** What the log calls it. */
    private static final Logger ACCS = LoggerFactory.getLogger("io.sluice.sessions.ACCS");
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
    private final boolean log;
    private final RotatingFile file;
    private boolean failing;

    private AccessLog(boolean log, RotatingFile file) {
        this.log = log;
        this.file = file;
    }

    /**
     * @param where "" for nowhere, LOG for the server's log, else a file below home
     * @throws IllegalArgumentException for a file that is not below home
     */
    public static AccessLog of(String where, Path home, long mostBytes, int files) {
        if (where.isBlank() || where.equals("LOG")) {
            return new AccessLog(where.equals("LOG"), null);
        }
        Path base = home.toAbsolutePath().normalize();
        Path path = base.resolve(where.strip()).normalize();
        if (!path.startsWith(base) || path.equals(base)) {
            throw new IllegalArgumentException("accessLog is empty, LOG, or a file below the server's home, not '" + where + "'");
        }
        return new AccessLog(false, new RotatingFile(path, mostBytes, files));
    }

    public void add(Session s) {
        String line = line(s);
        if (log) {
            ACCS.info("{}", line);
        } else if (file != null) {
            write(line);
        }
    }

    private void write(String line) {
        try {
            file.add(line);
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.error("the access log cannot be written: {}", e.toString());
            }
            failing = true;
        }
    }

    /** Time, session, stream, protocol, address, seconds, kB/s to and from the viewer, tags. */
    static String line(Session s) {
        long seconds = Math.max(1, s.seconds());
        return String.join(", ", TIME.format(Instant.ofEpochMilli(s.endedMillis())), s.id(), text(one(s.streams())), text(protocols(s)), one(s.addresses()),
            String.valueOf(s.seconds()), String.valueOf(s.bytesOut() / seconds / 1000), String.valueOf(s.bytesIn() / seconds / 1000),
            s.tags().stream().sorted().map(t -> "[" + text(t) + "]").collect(Collectors.joining()));
    }

    private static String one(Map<String, Long> tally) {
        return tally.size() == 1 ? tally.keySet().iterator().next() : "";
    }

    /** Pages do not count beside media. */
    private static String protocols(Session s) {
        return s.protocols().keySet().stream().filter(p -> s.protocols().size() == 1 || !p.equals("http")).collect(Collectors.joining(" "));
    }

    /** No text of a peer makes a column or a line. */
    private static String text(String value) {
        return value.replaceAll("[\\p{Cntrl},]", " ");
    }
}
