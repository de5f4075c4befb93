package io.sluice.itests.upgrade;

import io.sluice.testkit.Await;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Program;
import io.sluice.testkit.media.ClipFrames;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running server with two streams: "exact" by a publisher that keeps a ledger, "mine" by ffmpeg. */
final class Broadcast implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Pattern CONNECTION = Pattern.compile("^\\s*(\\d+)\\s+\\S+:(\\d+)\\s+\\S+\\s+(\\S+)");

    private final String name;
    private final SluiceServer server;
    private final RtmpPublisher publisher;
    private final Program ffmpeg;

    private Broadcast(String name, Path folder, String javaOptions) throws IOException {
        this.name = name;
        server = new SluiceServer(Path.of(System.getProperty("sluice.dist")), folder.resolve("home"), Path.of(System.getProperty("sluice.jdk")))
            .environment("JAVA_OPTS", javaOptions).start();
        Path clip = Ffmpeg.installed().clip(folder.resolve("clip.flv"), 60, 2);
        publisher = RtmpPublisher.open(server.rtmp("live", "exact?key=" + SluiceServer.PUBLISH_KEY))
            .start(ClipFrames.of(clip).looped(0), RtmpPublisher.Pace.REAL_TIME);
        ffmpeg = Ffmpeg.installed().publish(clip, server.rtmp("live", "mine?key=" + SluiceServer.PUBLISH_KEY));
        Await.until("both streams are live", PATIENCE,
            () -> server.get("/hls/exact/index.m3u8").statusCode() == 200 && server.get("/hls/mine/index.m3u8").statusCode() == 200);
    }

    /** @param name that the server's log is kept under */
    static Broadcast start(String name, Path folder) throws IOException {
        return new Broadcast(name, folder, "");
    }

    /** The same with options of the server's JVM. */
    static Broadcast start(String name, Path folder, String javaOptions) throws IOException {
        return new Broadcast(name, folder, javaOptions);
    }

    SluiceServer server() {
        return server;
    }

    RtmpPublisher publisher() {
        return publisher;
    }

    Program ffmpeg() {
        return ffmpeg;
    }

    /** Connections of a protocol: the peer's port by the server's number. */
    Map<Long, Integer> connections(String protocol) throws IOException {
        Map<Long, Integer> found = new TreeMap<>();
        for (String line : server.shell("sluice:connections").lines().toList()) {
            Matcher m = CONNECTION.matcher(line);
            if (m.find() && m.group(3).equals(protocol)) {
                found.put(Long.valueOf(m.group(1)), Integer.valueOf(m.group(2)));
            }
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        publisher.close();
        ffmpeg.close();
        server.close();
        keepLog(name, server);
    }

    /** Beside the module's other output, for a look. */
    static void keepLog(String name, SluiceServer server) throws IOException {
        Path kept = Files.createDirectories(Path.of(System.getProperty("sluice.output")));
        Files.writeString(kept.resolve(name + "-server.log"), server.log());
    }
}
