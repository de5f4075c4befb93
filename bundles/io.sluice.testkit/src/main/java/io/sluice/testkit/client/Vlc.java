package io.sluice.testkit.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Drives VLC without a screen. It refuses to run as root, so then it runs as nobody. */
public final class Vlc {
    private static final String NOBODY = "65534";

    private Vlc() {
    }

    /**
     * Plays a URL for some seconds and writes what came, not decoded, into an MPEG-TS file.
     *
     * @param folder for its home and its output, made if need be; readable by everybody
     */
    public static Program record(String url, int seconds, Path folder, Path ts) throws IOException {
        return vlc(folder, List.of("--run-time=" + seconds, "--sout=#std{access=file,mux=ts,dst=" + ts + "}", url, "vlc://quit"));
    }

    /** Decodes a URL for some seconds to outputs that show nothing; its log is on standard error. */
    public static Program play(String url, int seconds, Path folder) throws IOException {
        return vlc(folder, List.of("--run-time=" + seconds, "--vout=dummy", "--aout=adummy", "-vv", url, "vlc://quit"));
    }

    private static Program vlc(Path folder, List<String> arguments) throws IOException {
        Files.createDirectories(folder);
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        command.addAll(List.of("vlc", "-I", "dummy", "--no-media-library", "--no-color", "--ignore-config"));
        command.addAll(arguments);
        return Program.start(command, Map.of("HOME", folder.toString(), "XDG_RUNTIME_DIR", folder.toString()));
    }
}
