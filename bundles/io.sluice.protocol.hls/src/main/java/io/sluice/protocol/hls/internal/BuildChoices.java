package io.sluice.protocol.hls.internal;

import io.sluice.format.mpegts.TsOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Choices that were made when this version was built (build.properties beside this class says what they mean). A version with others is how a hand-over
 * between versions that differ in bytes and in their snapshots is tried.
 *
 * @param snapshotSchema 1 or 2
 */
record BuildChoices(TsOptions ts, int snapshotSchema) {
    static BuildChoices load() {
        Properties p = new Properties();
        try (InputStream in = BuildChoices.class.getResourceAsStream("build.properties")) {
            p.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("this bundle's own build.properties cannot be read", e);
        }
        return new BuildChoices(new TsOptions(number(p, "patIntervalPackets"), number(p, "audioFramesPerPes")), number(p, "snapshotSchema"));
    }

    private static int number(Properties p, String name) {
        return Integer.parseInt(p.getProperty(name, "").trim());
    }
}
