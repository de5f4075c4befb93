package io.sluice.testkit.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Drives gst-launch-1.0. */
public final class GStreamer {
    private GStreamer() {
    }

    /** Any pipeline, its words one by one. */
    public static Program launch(List<String> pipeline) throws IOException {
        List<String> command = new ArrayList<>(List.of("gst-launch-1.0", "-q", "-e"));
        command.addAll(pipeline);
        return Program.start(command);
    }

    /** Publishes a live test picture and a tone. */
    public static Program publish(URI rtmp) throws IOException {
        return launch(List.of("videotestsrc", "is-live=true", "!", "video/x-raw,width=320,height=180,framerate=25/1", "!", "x264enc", "tune=zerolatency",
            "speed-preset=ultrafast", "key-int-max=50", "!", "h264parse", "!", "flvmux", "name=mux", "streamable=true", "!", "rtmp2sink", "location=" + rtmp, "audiotestsrc",
            "is-live=true", "!", "audioconvert", "!", "avenc_aac", "!", "aacparse", "!", "mux."));
    }

    /** Plays over RTMP without decoding and writes an FLV file; ends by {@link Program#interrupt}. */
    public static Program play(URI rtmp, Path flv) throws IOException {
        return launch(List.of("rtmp2src", "location=" + rtmp, "!", "filesink", "location=" + flv));
    }

    /** Decodes everything of a URL (HLS or RTMP) as fast as it comes; prints a line for each buffer that a sink gets. */
    public static Program decode(String url) throws IOException {
        return Program.start(List.of("gst-launch-1.0", "-v", "uridecodebin", "uri=" + url, "name=in", "in.", "!", "queue", "!", "videoconvert", "!", "fakesink", "silent=false",
            "name=video", "in.", "!", "queue", "!", "audioconvert", "!", "fakesink", "silent=false", "name=audio"));
    }

    /** How many buffers a named fakesink of {@link #decode} has got. */
    public static long buffers(Program decoding, String sink) {
        return decoding.out().stream().filter(line -> line.contains("Sink:" + sink) && line.contains("chain")).count();
    }
}
