package io.sluice.target.file.internal.recording;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The playlist of a segmented recording (RFC 8216, version 3), in memory and as a file, which is replaced whole. */
final class Playlist {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
    private static final int MAX_BYTES = 64 << 20;

    private final Path file;
    private final boolean sliding;
    private final List<Segment> segments = new ArrayList<>();
    private long sequence;
    private long discontinuities;
    private int targetSeconds = 1;

    Playlist(Path file, boolean sliding) {
        this.file = file;
        this.sliding = sliding;
    }

    Path file() {
        return file;
    }

    List<Segment> segments() {
        return List.copyOf(segments);
    }

    /** Segments so far, those that have gone included. */
    long count() {
        return sequence + segments.size();
    }

    void add(Segment segment) {
        segments.add(segment);
        targetSeconds = Math.max(targetSeconds, (int) ((segment.durationNanos() + 500_000_000) / 1_000_000_000));
    }

    /** Drops the oldest while there are more than so many, or while they ended longer ago than this; 0 for no such limit. @return what was dropped; the newest stays */
    List<Segment> drop(int maxEntries, long maxAgeNanos) {
        List<Segment> gone = new ArrayList<>();
        long length = segments.stream().mapToLong(Segment::durationNanos).sum();
        while (segments.size() > 1) {
            length -= segments.get(0).durationNanos();
            if ((maxEntries == 0 || segments.size() <= maxEntries) && (maxAgeNanos == 0 || length < maxAgeNanos)) {
                break;
            }
            Segment oldest = segments.remove(0);
            discontinuities += oldest.discontinuity() ? 1 : 0;
            sequence++;
            gone.add(oldest);
        }
        return gone;
    }

    /** @param ended nothing will be added: said unless the list slides */
    String text(boolean ended) {
        StringBuilder out = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:3\n");
        out.append(sliding ? "" : "#EXT-X-PLAYLIST-TYPE:EVENT\n").append("#EXT-X-TARGETDURATION:").append(targetSeconds).append('\n');
        out.append("#EXT-X-MEDIA-SEQUENCE:").append(sequence).append('\n');
        out.append(discontinuities == 0 ? "" : "#EXT-X-DISCONTINUITY-SEQUENCE:" + discontinuities + "\n");
        for (Segment s : segments) {
            out.append(s.discontinuity() ? "#EXT-X-DISCONTINUITY\n" : "");
            out.append(s.wallMillis() == 0 ? "" : "#EXT-X-PROGRAM-DATE-TIME:" + TIME.format(Instant.ofEpochMilli(s.wallMillis())) + "\n");
            out.append(String.format(Locale.ROOT, "#EXTINF:%.3f,\n", s.durationNanos() / 1e9)).append(uri(s.file())).append('\n');
        }
        return out.append(ended && !sliding ? "#EXT-X-ENDLIST\n" : "").toString();
    }

    /** Replaces the file; whoever reads it sees the old one or the new one. Blocks. */
    void write(boolean ended, boolean sync) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
        Files.createDirectories(file.getParent());
        try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text(ended).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            if (sync) {
                out.force(false);
            }
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Takes over what the file lists. Lines that we do not write are dropped. Blocks. */
    void load() throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " is larger than a playlist of ours");
        }
        boolean broke = false;
        long wall = 0;
        long duration = 0;
        for (String line : Files.readString(file).split("\\R")) {
            if (line.startsWith("#EXT-X-MEDIA-SEQUENCE:")) {
                sequence = number(line);
            } else if (line.startsWith("#EXT-X-DISCONTINUITY-SEQUENCE:")) {
                discontinuities = number(line);
            } else if (line.startsWith("#EXT-X-TARGETDURATION:")) {
                targetSeconds = (int) Math.min(100_000, number(line));
            } else if (line.equals("#EXT-X-DISCONTINUITY")) {
                broke = true;
            } else if (line.startsWith("#EXT-X-PROGRAM-DATE-TIME:")) {
                wall = time(line);
            } else if (line.startsWith("#EXTINF:")) {
                duration = (long) (decimal(line) * 1e9);
            } else if (!line.startsWith("#") && !line.isBlank()) {
                add(new Segment(file(line), duration, wall, broke));
                broke = false;
                wall = 0;
            }
        }
    }

    private String uri(Path segment) {
        String relative = file.getParent().relativize(segment).toString();
        try {
            return new URI(null, null, "/" + relative, null).getRawPath().substring(1).replace(":", "%3A");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path file(String line) throws IOException {
        try {
            return file.getParent().resolve(URI.create(line).getPath()).normalize();
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new IOException(file + " is no playlist of ours: '" + line + "'", e);
        }
    }

    private static long number(String line) {
        String digits = line.substring(line.indexOf(':') + 1).strip();
        return digits.matches("\\d{1,15}") ? Long.parseLong(digits) : 0;
    }

    private static double decimal(String line) {
        String digits = line.substring(line.indexOf(':') + 1).replaceFirst(",.*", "").strip();
        return digits.matches("\\d{1,9}(\\.\\d{1,9})?") ? Double.parseDouble(digits) : 0;
    }

    private static long time(String line) {
        try {
            return Instant.parse(line.substring(line.indexOf(':') + 1)).toEpochMilli();
        } catch (java.time.DateTimeException e) {
            return 0;
        }
    }
}
