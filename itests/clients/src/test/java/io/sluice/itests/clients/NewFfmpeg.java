package io.sluice.itests.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Ffmpeg.Probe;
import io.sluice.testkit.client.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** ffmpeg 8, which speaks Enhanced RTMP; the build unpacks it from Maven Central's org.bytedeco:ffmpeg. It has no encoder for H.265: Debian's has. */
final class NewFfmpeg {
    private static final String PICTURE = "testsrc2=size=320x180:rate=25";
    /** Changes all the time, so that no two packets are alike. */
    private static final String SOUND = "aevalsrc=0.3*sin(400*t*(2+t)):s=48000";
    private static final int SECONDS = 20;

    private final Path folder = Path.of(System.getProperty("sluice.ffmpeg"));
    private final Path ffprobe = executable("ffprobe");
    private final Ffmpeg ffmpeg = Ffmpeg.at(executable("ffmpeg"), ffprobe);

    /** A jar keeps no modes. */
    private Path executable(String name) {
        Path file = folder.resolve(name);
        if (!file.toFile().setExecutable(true)) {
            throw new IllegalStateException("no ffmpeg 8 at " + file + ": mvn pre-integration-test -pl itests/clients unpacks it");
        }
        return file;
    }

    /** Writes an MP4 file with a key frame each second. @param codecs such as -c:v libx265 -c:a aac */
    Path clip(Path mp4, List<String> codecs) throws IOException {
        List<String> words = new ArrayList<>(List.of("-f", "lavfi", "-i", PICTURE, "-f", "lavfi", "-i", SOUND, "-t", Integer.toString(SECONDS), "-ac", "2", "-b:a", "64k", "-g", "25"));
        words.addAll(codecs);
        return (codecs.contains("libx265") ? Ffmpeg.installed() : ffmpeg).make(mp4, words);
    }

    /** Publishes a file as it is, again and again, in real time. What the file's edit list hides, the encoder's first sound, would be left out at each round but the first. */
    Program publish(Path file, String rtmp) throws IOException {
        return ffmpeg.run(List.of("-re", "-stream_loop", "-1", "-ignore_editlist", "1", "-i", file.toString(), "-c", "copy", "-rtmp_enhanced_codecs", "hvc1,av01,vp09,Opus", "-f", "flv", rtmp));
    }

    /** Waits for a publisher and prints a line with the hash for each packet of so many seconds: see {@link #received}. */
    Program listen(String rtmp, int seconds) throws IOException {
        return ffmpeg.run(List.of("-listen", "1", "-i", rtmp, "-c", "copy", "-t", Integer.toString(seconds), "-f", "framehash", "-hash", "md5", "-"));
    }

    /** Hashes of the payloads that {@link #listen} has printed. @param stream 0 for pictures, 1 for sound */
    static List<String> received(Program listening, int stream) {
        return listening.out().stream().filter(l -> l.startsWith(stream + ",")).map(l -> "MD5:" + l.substring(l.lastIndexOf(',') + 1).strip()).toList();
    }

    /** The packets of so many seconds, each with a hash of its payload. */
    Probe packets(String url, int seconds) throws IOException {
        List<String> command = List.of(ffprobe.toString(), "-hide_banner", "-loglevel", "warning", "-of", "json", "-show_streams", "-show_packets", "-show_data_hash", "md5",
            "-read_intervals", "%+" + seconds, url);
        try (Program program = Program.start(command)) {
            JsonNode json = new ObjectMapper().readTree(program.output(Duration.ofSeconds(seconds + 60L)));
            return new Probe(json.path("streams"), json.path("packets"), program.errors());
        }
    }

    /** Hashes of the payloads of a type ("video", "audio") in the order of the packets. */
    static List<String> hashes(Probe probe, String type) {
        List<String> hashes = new ArrayList<>();
        probe.items().forEach(p -> {
            if (p.path("codec_type").asText().equals(type)) {
                hashes.add(p.path("data_hash").asText());
            }
        });
        return hashes;
    }
}
