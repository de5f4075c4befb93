package io.sluice.testkit.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.sluice.testkit.Await;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Program;
import io.sluice.testkit.media.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A viewer of what ffmpeg has cut, served by a server that can be told to misbehave. */
class HlsViewerTest {
    @TempDir
    Path folder;

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private volatile String closedAfter = "";
    private HttpServer server;
    private HlsViewer viewer;

    @BeforeEach
    void cutAndServe() throws IOException {
        assumeTrue(Program.present("ffmpeg"), "ffmpeg cuts the segments of this test");
        Ffmpeg ffmpeg = Ffmpeg.installed();
        Path clip = ffmpeg.clip(folder.resolve("clip.flv"), 6, 0);
        ffmpeg.run(List.of("-i", clip.toString(), "-c", "copy", "-f", "hls", "-hls_time", "2", "-hls_list_size", "0", "-master_pl_name", "index.m3u8",
            folder.resolve("media.m3u8").toString())).output(Duration.ofSeconds(60));
        for (String name : List.of("index.m3u8", "media.m3u8", "media0.ts", "media1.ts", "media2.ts")) {
            files.put("/" + name, Files.readAllBytes(folder.resolve(name)));
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = files.get(exchange.getRequestURI().getPath());
            exchange.getResponseHeaders().set("Content-Type", exchange.getRequestURI().getPath().endsWith(".ts") ? "video/mp2t" : "application/vnd.apple.mpegurl");
            if (exchange.getRequestURI().getPath().equals(closedAfter)) {
                exchange.getResponseHeaders().set("Connection", "close");
            }
            exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
            if (body != null) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        if (viewer != null) {
            viewer.close();
        }
        if (server != null) {
            server.stop(0);
        }
    }

    private void watch() {
        viewer = HlsViewer.watch(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/index.m3u8"));
        Await.until("the list ends", Duration.ofSeconds(30), viewer::ended);
    }

    @Test
    void aGoodStreamHasNoFault() throws IOException, InterruptedException {
        watch();
        assertEquals(List.of(), viewer.faults());
        assertEquals(1, viewer.localPorts().size(), "one connection, kept alive");
        assertEquals(150, viewer.frames(Kind.VIDEO).size());
        assertEquals(List.of(0L, 1L, 2L), viewer.segments().stream().map(FetchedSegment::sequence).toList());
        assertEquals(List.of(), viewer.refetchListed());
    }

    @Test
    void aListedSegmentMuxedAgainIsFound() throws IOException, InterruptedException {
        watch();
        byte[] again = files.get("/media1.ts").clone();
        again[3] = (byte) (again[3] & 0xF0 | again[3] + 1 & 0x0F);
        files.put("/media1.ts", again);
        List<String> different = viewer.refetchListed();
        assertEquals(1, different.size(), different.toString());
        assertTrue(different.get(0).contains("media1.ts gave other bytes"), different.toString());
    }

    @Test
    void aConnectionThatTheServerClosesIsSeenThoughNothingFails() {
        closedAfter = "/media1.ts";
        watch();
        assertEquals(List.of(), viewer.faults());
        assertEquals(2, viewer.localPorts().size());
    }

    @Test
    void aMissingSegmentIsFound() {
        files.remove("/media1.ts");
        watch();
        assertTrue(viewer.faults().stream().anyMatch(f -> f.contains("media1.ts answered 404")), viewer.faults().toString());
    }
}
