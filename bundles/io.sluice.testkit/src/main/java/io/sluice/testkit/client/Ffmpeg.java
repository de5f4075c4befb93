package io.sluice.testkit.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Drives ffmpeg and ffprobe. Errors and warnings come on standard error, nothing else does. */
public final class Ffmpeg {
    private final String ffmpeg;
    private final String ffprobe;

    private Ffmpeg(String ffmpeg, String ffprobe) {
        this.ffmpeg = ffmpeg;
        this.ffprobe = ffprobe;
    }

    /** Those in the PATH. */
    public static Ffmpeg installed() {
        return new Ffmpeg("ffmpeg", "ffprobe");
    }

    /** Those at these paths, for a newer release than the system's. */
    public static Ffmpeg at(Path ffmpeg, Path ffprobe) {
        return new Ffmpeg(ffmpeg.toString(), ffprobe.toString());
    }

    /** Any command line after {@code ffmpeg -hide_banner -nostdin -loglevel warning}. */
    public Program run(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(ffmpeg, "-hide_banner", "-nostdin", "-loglevel", "warning", "-y"));
        command.addAll(arguments);
        return Program.start(command);
    }

    /**
     * Writes a test clip: moving picture and a tone that changes (so that no two audio frames are alike), H.264 and AAC.
     *
     * @param bFrames consecutive B-frames, 0 for none
     */
    public Path clip(Path target, int seconds, int bFrames) throws IOException {
        return make(target, List.of("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25", "-f", "lavfi", "-i", "aevalsrc=0.3*sin(400*t*(2+t)):s=48000", "-t",
            Integer.toString(seconds), "-c:v", "libx264", "-preset", "veryfast", "-g", "25", "-keyint_min", "25", "-sc_threshold", "0", "-bf", Integer.toString(bFrames),
            "-b_strategy", "0", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "64k", "-ac", "2"));
    }

    /**
     * Encodes a file, or copies the one that an earlier test made by the same words: see {@link ClipShelf}.
     *
     * @param arguments all but the file's name; they must make the same media each time
     * @return the target
     */
    public Path make(Path target, List<String> arguments) throws IOException {
        return ClipShelf.ofSystemProperties().get(target, ffmpeg + " " + String.join(" ", arguments), file -> {
            List<String> all = new ArrayList<>(arguments);
            all.add(file.toString());
            run(all).output(Duration.ofSeconds(120));
        });
    }

    /** Publishes a file again and again, in real time, as it is. */
    public Program publish(Path file, URI rtmp) throws IOException {
        return run(List.of("-re", "-stream_loop", "-1", "-i", file.toString(), "-c", "copy", "-f", "flv", rtmp.toString()));
    }

    /** Publishes a live test picture and a tone, encoded as it goes. */
    public Program publishTestPicture(URI rtmp) throws IOException {
        return run(List.of("-re", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25", "-re", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000", "-c:v", "libx264",
            "-preset", "ultrafast", "-tune", "zerolatency", "-g", "50", "-pix_fmt", "yuv420p", "-c:a", "aac", "-f", "flv", rtmp.toString()));
    }

    /** Reads this much media from a URL, as {@code -show_packets} does it, and ends. */
    public Probe packets(String url, int seconds) throws IOException {
        return probe(url, seconds, "-show_packets", "packets");
    }

    /** Decodes this much media. */
    public Probe frames(String url, int seconds) throws IOException {
        return probe(url, seconds, "-show_frames", "frames");
    }

    private Probe probe(String url, int seconds, String show, String field) throws IOException {
        List<String> command = List.of(ffprobe, "-hide_banner", "-loglevel", "warning", "-of", "json", "-show_streams", show, "-read_intervals", "%+" + seconds, url);
        try (Program program = Program.start(command)) {
            JsonNode json = new ObjectMapper().readTree(program.output(Duration.ofSeconds(seconds + 60L)));
            return new Probe(json.path("streams"), json.path(field), program.errors());
        }
    }

    /**
     * @param streams  as ffprobe shows them
     * @param items    packets or frames
     * @param warnings what it complained about
     */
    public record Probe(JsonNode streams, JsonNode items, List<String> warnings) {
        /** The codec's name of the first stream of a type ("video", "audio"), or "". */
        public String codec(String type) {
            for (JsonNode stream : streams) {
                if (stream.path("codec_type").asText().equals(type)) {
                    return stream.path("codec_name").asText();
                }
            }
            return "";
        }

        /** A field of all items of a type in seconds, such as {@code times("video", "dts_time")}. */
        public List<Double> times(String type, String field) {
            List<Double> times = new ArrayList<>();
            for (JsonNode item : items) {
                if ((item.path("codec_type").asText().equals(type) || item.path("media_type").asText().equals(type)) && item.has(field)) {
                    times.add(item.path(field).asDouble());
                }
            }
            return times;
        }

        /** Where the times of a type do not rise, one sentence each. */
        public List<String> notRising(String type, String field) {
            List<Double> times = times(type, field);
            List<String> wrong = new ArrayList<>();
            for (int i = 1; i < times.size(); i++) {
                if (times.get(i) <= times.get(i - 1)) {
                    wrong.add(type + " " + field + " #" + i + " is " + times.get(i) + " after " + times.get(i - 1));
                }
            }
            return wrong;
        }
    }
}
